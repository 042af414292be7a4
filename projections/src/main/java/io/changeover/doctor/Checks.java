package io.changeover.doctor;

import java.util.List;

/** The checks that this product makes. */
public final class Checks {

    private Checks() {}

    /**
     * All of them.
     *
     * @param mending what mends by asking for what an operator could ask for
     */
    public static List<Check> of(Patient patient, Mending mending) {
        return List.of(
                new MissingParts(patient),
                new TokensBeyondHead(patient),
                new LeftOverTables(patient),
                new LeftOverTokens(patient),
                new LeftOverStates(patient),
                new LeftOverLetters(patient),
                new NodesBehind(patient),
                new GivenUpServed(patient),
                new UnconfirmedRollback(patient, mending),
                new HalfFinishedCompletion(patient),
                new SilentTokenClaims(patient),
                new SilentComparisons(patient),
                new SilentReconciliations(patient),
                new SilentAutopilots(patient),
                new IdleBackfills(patient, mending));
    }
}
