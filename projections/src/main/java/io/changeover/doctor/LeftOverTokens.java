package io.changeover.doctor;

import io.changeover.projection.RowTable;
import io.changeover.view.FoldedVersion;
import io.changeover.view.VersionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A token of a version of which nobody knows where it stands. */
final class LeftOverTokens implements Check {

    private record Token(String name, int segment, String owner, String stamp) {}

    private final Patient patient;

    LeftOverTokens(Patient patient) {
        this.patient = patient;
    }

    @Override
    public String name() {
        return "left-over-token";
    }

    @Override
    public List<Symptom> look() {
        List<Token> tokens = patient.store()
                .jdbc()
                .query(
                        "select processor_name, segment, coalesce(owner, ''), timestamp from %s order by 1, 2"
                                .formatted(patient.store().table().tokens()),
                        (row, index) -> new Token(row.getString(1), row.getInt(2), row.getString(3), row.getString(4)));
        Map<VersionId, String> stages = patient.stages(); // after the tokens, which come later than the stage
        Set<VersionId> needed = patient.needed().keySet();
        List<Symptom> symptoms = new ArrayList<>();
        for (Token token : tokens) {
            VersionId version = Patient.version(token.name()).orElse(null);
            if (version != null
                    && !stages.containsKey(version)
                    && !needed.contains(version)
                    && patient.isLongAgo(token.stamp())) {
                symptoms.add(symptom(version, token));
            }
        }
        return symptoms;
    }

    private Symptom symptom(VersionId version, Token token) {
        boolean safe = patient.versions()
                        .find(version)
                        .map(FoldedVersion.class::isInstance)
                        .orElse(true)
                && !hasTable(version);
        return new Symptom(
                version.toString(),
                "its segment %d has a token%s, written at %s, and no version that is known has it"
                        .formatted(
                                token.segment(),
                                token.owner().isEmpty() ? "" : " claimed by '%s'".formatted(token.owner()),
                                token.stamp()),
                "a new version of that number would begin at the token and miss everything before it",
                safe
                        ? "the token is removed, unless somebody has touched it meanwhile"
                        : "its rows are there too: look whose they are, then remove them together with the token",
                safe ? () -> remove(token) : null);
    }

    private String remove(Token token) {
        int removed = patient.store()
                .jdbc()
                .update(
                        "delete from %s where processor_name = ? and segment = ? and timestamp = ? and coalesce(owner, '') = ?"
                                .formatted(patient.store().table().tokens()),
                        token.name(),
                        token.segment(),
                        token.stamp(),
                        token.owner());
        return removed == 1 ? "the token was removed" : "nothing, because the token was touched meanwhile";
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
