package io.changeover.doctor;

import io.changeover.completion.Unfinished;
import io.changeover.view.VersionId;
import java.util.List;

/** An end of a version that was decided and not carried out. */
final class HalfFinishedCompletion implements Check {

    private final Patient patient;

    HalfFinishedCompletion(Patient patient) {
        this.patient = patient;
    }

    @Override
    public String name() {
        return "half-finished-completion";
    }

    @Override
    public List<Symptom> look() {
        return patient.completion().unfinished().stream()
                .map(open -> new Symptom(
                        open.version().toString(),
                        open.text(),
                        "the version is neither where it was nor where it is to be; no changeover can lead to it meanwhile",
                        "the step is carried out, as nodes try by themselves too",
                        () -> carryOut(open.version())))
                .toList();
    }

    private String carryOut(VersionId version) {
        return patient.completion().carryOut(version.view()).stream()
                .filter(open -> open.version().equals(version))
                .map(Unfinished::text)
                .findFirst()
                .map("it is not carried out yet: %s"::formatted)
                .orElse("it was carried out");
    }
}
