package io.changeover.doctor;

import io.changeover.changeover.ChangeoverState;
import io.changeover.changeover.ChangeoverState.Attempt;
import io.changeover.changeover.Disposal.Stage;
import io.changeover.completion.Completion;
import io.changeover.projection.ProjectionStore;
import io.changeover.serving.Nodes;
import io.changeover.serving.Router;
import io.changeover.stream.OrderedStream;
import io.changeover.view.InvalidVersionIdException;
import io.changeover.view.VersionId;
import io.changeover.view.Versions;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What checks look at.
 *
 * @param versions declared versions
 * @param router what is decided about views, as this node knows it
 * @param nodes nodes of the application
 * @param store database of the versions
 * @param stream the event store
 * @param completion the end of versions
 * @param options when something has lasted too long
 */
public record Patient(
        Versions versions,
        Router router,
        Nodes nodes,
        ProjectionStore store,
        OrderedStream stream,
        Completion completion,
        DoctorOptions options) {

    /** Versions that their view's state knows: they serve, take part in its changeover, or were given up. */
    Set<VersionId> known() {
        Set<VersionId> known = new TreeSet<>();
        for (String view : versions.views()) {
            router.state(view).ifPresent(state -> {
                known.add(new VersionId(view, state.serving()));
                if (state.latest() != null) {
                    known.add(new VersionId(view, state.latest().from()));
                    known.add(new VersionId(view, state.latest().to()));
                }
                state.disposals().forEach((version, disposal) -> {
                    if (disposal.stage() != Stage.DROPPED) {
                        known.add(new VersionId(view, version));
                    }
                });
            });
        }
        return known;
    }

    /** Versions without which readers or the way back would be lost, each with what needs it. */
    Map<VersionId, String> needed() {
        Map<VersionId, String> needed = new TreeMap<>();
        for (String view : versions.views()) {
            ChangeoverState state = router.state(view).orElse(null);
            if (state == null) {
                continue;
            }
            state.disposals().forEach((version, disposal) -> {
                if (disposal.stage() == Stage.HELD) {
                    needed.put(new VersionId(view, version), "is held");
                }
            });
            needed.put(new VersionId(view, state.serving()), "serves");
            Attempt open = state.open();
            if (open != null && open.phase().backfilled()) {
                needed.put(new VersionId(view, open.to()), "takes over %d %% of readers".formatted(open.percent()));
            }
        }
        return needed;
    }

    /** Where versions stand, by the name of their stage. */
    Map<VersionId, String> stages() {
        Map<VersionId, String> stages = new TreeMap<>();
        store.jdbc().query("select view, version, state from changeover.view_version", row -> {
            stages.put(new VersionId(row.getString(1), row.getInt(2)), row.getString(3));
        });
        return stages;
    }

    /** How many tokens each version has. */
    Map<VersionId, Integer> tokens() {
        Map<VersionId, Integer> tokens = new TreeMap<>();
        store.jdbc()
                .query(
                        "select processor_name, count(*) from %s group by 1"
                                .formatted(store.table().tokens()),
                        row -> {
                            int count = row.getInt(2);
                            version(row.getString(1)).ifPresent(version -> tokens.put(version, count));
                        });
        return tokens;
    }

    /** Processing groups of versions are named like them; others are the team's own. */
    static Optional<VersionId> version(String name) {
        try {
            return Optional.of(VersionId.parse(name));
        } catch (InvalidVersionIdException e) {
            return Optional.empty();
        }
    }

    /** Nodes by name, with their state. */
    Map<String, String> nodeStates() {
        Map<String, String> states = new HashMap<>();
        nodes.all().forEach(node -> states.put(node.node(), node.state()));
        return states;
    }

    /** Whether the time, as Axon writes it into tokens, is longer ago than patience has; also when nobody can read it. */
    boolean isLongAgo(String stamp) {
        try {
            return Instant.parse(stamp).isBefore(store.clock().instant().minus(options.patience()));
        } catch (DateTimeParseException e) {
            return true;
        }
    }
}
