package io.changeover.doctor;

import io.changeover.changeover.ChangeoverState;
import io.changeover.changeover.ChangeoverState.Attempt;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;

/** A plan that a node carried forward which is not up any more, and that no other node has taken over. */
final class SilentAutopilots implements Check {

    private record Claim(String view, String node, OffsetDateTime seenAt) {}

    private final Patient patient;

    SilentAutopilots(Patient patient) {
        this.patient = patient;
    }

    @Override
    public String name() {
        return "silent-autopilot";
    }

    @Override
    public List<Symptom> look() {
        if (!Boolean.TRUE.equals(patient.store()
                .jdbc()
                .queryForObject("select to_regclass('changeover.autopilot') is not null", Boolean.class))) {
            return List.of(); // an application without it
        }
        Map<String, String> nodes = patient.nodeStates();
        return patient
                .store()
                .jdbc()
                .query(
                        """
                        select view, node, seen_at from changeover.autopilot
                        where node is not null and seen_at < clock_timestamp() - make_interval(secs => ?) order by view
                        """,
                        (row, index) ->
                                new Claim(row.getString(1), row.getString(2), row.getObject(3, OffsetDateTime.class)),
                        patient.options().patience().toSeconds())
                .stream()
                .filter(claim -> !"up".equals(nodes.get(claim.node())) && isPlanned(claim.view()))
                .map(
                        claim -> new Symptom(
                                claim.view(),
                                "its plan is carried forward by '%s', which is %s, and was heard of last at %s"
                                        .formatted(
                                                claim.node(),
                                                nodes.getOrDefault(claim.node(), "unknown"),
                                                claim.seenAt().toInstant()),
                                "nothing moves forward, and nothing goes back by itself when a measure breaks",
                                "look why no node that is up has taken it over: its log says so; roll back by hand if you must"))
                .toList();
    }

    private boolean isPlanned(String view) {
        Attempt open = patient.router().state(view).map(ChangeoverState::open).orElse(null);
        return open != null && open.course().plan() != null;
    }
}
