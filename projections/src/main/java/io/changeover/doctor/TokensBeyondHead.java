package io.changeover.doctor;

import io.changeover.projection.SegmentPositions;
import io.changeover.projection.TokenPositions;
import io.changeover.view.VersionId;
import java.util.ArrayList;
import java.util.List;

/** A token that says more was applied than is in the store, as after a store was restored from an older backup. */
final class TokensBeyondHead implements Check {

    private final Patient patient;

    TokensBeyondHead(Patient patient) {
        this.patient = patient;
    }

    @Override
    public String name() {
        return "token-beyond-head";
    }

    @Override
    public List<Symptom> look() {
        TokenPositions positions =
                new TokenPositions(patient.store().table(), patient.store().json());
        List<Symptom> symptoms = new ArrayList<>();
        for (VersionId version : patient.tokens().keySet()) {
            SegmentPositions found = positions.of(version, patient.store().jdbc());
            long high = found.bySegment().values().stream()
                    .mapToLong(Long::longValue)
                    .max()
                    .orElse(0);
            long head = patient.stream().head(); // after the token, which may be moved on meanwhile
            if (high > head) {
                symptoms.add(
                        new Symptom(
                                version.toString(),
                                "its token stands at position %d, and the store ends at %d".formatted(high, head),
                                "events that come next, up to position %d, are never applied to it".formatted(high),
                                "if the store was restored from a backup, restore the views from the same one; else remove the version's table, tokens and row in changeover.view_version, and have it built anew"));
            }
        }
        return symptoms;
    }
}
