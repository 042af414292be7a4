package io.changeover.doctor;

import io.changeover.view.VersionId;
import java.util.List;
import java.util.Set;

/** A version that was built once, that no state knows and that this release does not declare. */
final class LeftOverStates implements Check {

    private final Patient patient;

    LeftOverStates(Patient patient) {
        this.patient = patient;
    }

    @Override
    public String name() {
        return "left-over-version";
    }

    @Override
    public List<Symptom> look() {
        Set<VersionId> known = patient.known();
        return patient.stages().entrySet().stream()
                .filter(entry -> !known.contains(entry.getKey())
                        && patient.versions().find(entry.getKey()).isEmpty())
                .map(
                        entry -> new Symptom(
                                entry.getKey().toString(),
                                "it was built once (%s), and neither a changeover nor this release knows it"
                                        .formatted(entry.getValue()),
                                "its table takes up space and follows nothing",
                                "if no other release declares it, remove its table, its tokens, its dead letters and its row in changeover.view_version"))
                .toList();
    }
}
