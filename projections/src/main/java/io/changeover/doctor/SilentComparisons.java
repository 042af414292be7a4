package io.changeover.doctor;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A comparison that runs on a node which is not up any more. */
final class SilentComparisons implements Check {

    private record Running(UUID id, String pair, String node, UUID claim, OffsetDateTime heardAt) {}

    private final Patient patient;

    SilentComparisons(Patient patient) {
        this.patient = patient;
    }

    @Override
    public String name() {
        return "silent-comparison";
    }

    @Override
    public List<Symptom> look() {
        Map<String, String> nodes = patient.nodeStates();
        OffsetDateTime latest = patient.store()
                .clock()
                .instant()
                .minus(patient.options().patience())
                .atOffset(ZoneOffset.UTC);
        return patient
                .store()
                .jdbc()
                .query(
                        """
                        select id, view || '@' || left_version || ' and ' || view || '@' || right_version, node, claim, heard_at
                        from changeover.comparison where state = 'RUNNING' and heard_at < ? and heard_at > 'epoch' order by started_at
                        """,
                        (row, index) -> new Running(
                                row.getObject(1, UUID.class),
                                row.getString(2),
                                row.getString(3),
                                row.getObject(4, UUID.class),
                                row.getObject(5, OffsetDateTime.class)),
                        latest)
                .stream()
                .filter(running -> !"up".equals(nodes.get(running.node())))
                .map(running -> new Symptom(
                        running.pair(),
                        "their comparison %s is worked on by '%s', which is %s, and was heard of last at %s"
                                .formatted(
                                        running.id(),
                                        running.node(),
                                        nodes.getOrDefault(running.node(), "unknown"),
                                        running.heardAt().toInstant()),
                        "it does not go on, and no other comparison of the two can begin",
                        "the claim is given back, and a node that is up goes on from the last range",
                        () -> release(running)))
                .toList();
    }

    private String release(Running running) {
        int released = patient.store()
                .jdbc()
                .update(
                        "update changeover.comparison set heard_at = 'epoch' where id = ? and claim = ? and heard_at = ? and state = 'RUNNING'",
                        running.id(),
                        running.claim(),
                        running.heardAt());
        return released == 1 ? "the claim was given back" : "nothing, because somebody goes on with it";
    }
}
