package io.changeover.doctor;

import io.changeover.changeover.Changeover;
import io.changeover.serving.Nodes.Acknowledgement;
import io.changeover.serving.Nodes.Node;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A node that is up and has not acknowledged what was decided last about a view. */
final class NodesBehind implements Check {

    private final Patient patient;

    NodesBehind(Patient patient) {
        this.patient = patient;
    }

    @Override
    public String name() {
        return "node-behind";
    }

    @Override
    public List<Symptom> look() {
        List<Symptom> symptoms = new ArrayList<>();
        List<Node> nodes = patient.nodes().all();
        for (String view : patient.versions().views()) {
            Instant decided = decided(view);
            if (decided == null || !patient.isLongAgo(decided.toString())) {
                continue; // nodes are given their time
            }
            List<String> awaited = patient.nodes().awaited(view);
            for (Node node : nodes) {
                if (node.state().equals("up")
                        && awaited.contains(node.node())
                        && patient.isLongAgo(node.startedAt().toString())) {
                    symptoms.add(symptom(view, node, decided));
                }
            }
        }
        return symptoms;
    }

    private static Symptom symptom(String view, Node node, Instant decided) {
        String routesBy = node.views().stream()
                .filter(acknowledged -> acknowledged.view().equals(view))
                .findFirst()
                .map(Acknowledgement::sequence)
                .map("routes by event %d of it"::formatted)
                .orElse("has acknowledged nothing of it");
        return new Symptom(
                node.node(),
                "it is up since %s and %s; the last decision about view '%s' is of %s"
                        .formatted(node.startedAt(), routesBy, view, decided),
                "its readers may be answered by another version than was decided, and a rollback does not reach them",
                "look into its log for what keeps it from following or from rehearsing a flip; if nothing does, restart it");
    }

    private @Nullable Instant decided(String view) {
        String time = patient
                .store()
                .jdbc()
                .queryForList(
                        "select %s from %s where %s = ? order by %s desc limit 1"
                                .formatted(
                                        patient.store().decisions().columns().time(),
                                        patient.store().decisions().events(),
                                        patient.store().decisions().columns().aggregateId(),
                                        patient.store().decisions().columns().sequence()),
                        String.class,
                        Changeover.idOf(view))
                .stream()
                .findFirst()
                .orElse(null);
        return time == null ? null : Instant.parse(time);
    }
}
