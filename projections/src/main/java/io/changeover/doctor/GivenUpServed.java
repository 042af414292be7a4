package io.changeover.doctor;

import io.changeover.changeover.Disposal;
import io.changeover.serving.Nodes.Node;
import java.util.ArrayList;
import java.util.List;

/** A node whose configuration names a version that was given up. */
final class GivenUpServed implements Check {

    private final Patient patient;

    GivenUpServed(Patient patient) {
        this.patient = patient;
    }

    @Override
    public String name() {
        return "given-up-version-configured";
    }

    @Override
    public List<Symptom> look() {
        List<Symptom> symptoms = new ArrayList<>();
        for (Node node : patient.nodes().all()) {
            if (!node.state().equals("up")) {
                continue;
            }
            node.serves()
                    .forEach((view, version) -> patient.router().state(view).ifPresent(state -> {
                        Disposal disposal = state.disposals().get(version);
                        if (disposal != null) {
                            symptoms.add(new Symptom(
                                    node.node(),
                                    "changeover.views.%s.serve is %d, which is %s since %s"
                                            .formatted(
                                                    view,
                                                    version,
                                                    disposal.stage().text(),
                                                    disposal.since()),
                                    "the setting does nothing: its readers go by the changeover, which somebody may not expect",
                                    "take changeover.views.%s.serve out of its configuration and restart it"
                                            .formatted(view)));
                        }
                    }));
        }
        return symptoms;
    }
}
