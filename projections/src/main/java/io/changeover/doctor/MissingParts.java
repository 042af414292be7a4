package io.changeover.doctor;

import io.changeover.projection.RowTable;
import io.changeover.view.FoldedVersion;
import io.changeover.view.VersionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A version that is needed and has lost its table, its token or the record of where it stands. */
final class MissingParts implements Check {

    private static final Set<String> BUILT = Set.of("LIVE", "INCOMPLETE");

    private final Patient patient;

    MissingParts(Patient patient) {
        this.patient = patient;
    }

    @Override
    public String name() {
        return "missing-parts";
    }

    @Override
    public List<Symptom> look() {
        Map<VersionId, String> stages = patient.stages();
        Map<VersionId, Integer> tokens = patient.tokens();
        List<Symptom> symptoms = new ArrayList<>();
        patient.needed().forEach((version, why) -> {
            List<String> missing = new ArrayList<>();
            String stage = stages.get(version);
            if (stage == null) {
                missing.add("no record of where it stands");
            } else if (BUILT.contains(stage)) { // one that is being built may not have them yet
                if (isFolded(version) && !hasTable(version)) {
                    missing.add("no table %s.%s".formatted(RowTable.SCHEMA, version.tableName()));
                }
                if (!tokens.containsKey(version)) {
                    missing.add("no token");
                }
            }
            if (!missing.isEmpty()) {
                symptoms.add(
                        new Symptom(
                                version.toString(),
                                "it %s, and has %s".formatted(why, String.join(" and ", missing)),
                                "its readers fail or see what was true once, and it is no way back",
                                "roll its readers back to another version if there is one; then remove what is left of it (its table, its tokens, its row in changeover.view_version) and restart a node, which builds it anew from history"));
            }
        });
        return symptoms;
    }

    private boolean isFolded(VersionId version) {
        return patient.versions()
                .find(version)
                .filter(FoldedVersion.class::isInstance)
                .isPresent();
    }

    private boolean hasTable(VersionId version) {
        return Boolean.TRUE.equals(patient.store()
                .jdbc()
                .queryForObject(
                        "select to_regclass(?) is not null",
                        Boolean.class,
                        RowTable.SCHEMA + "." + version.tableName()));
    }
}
