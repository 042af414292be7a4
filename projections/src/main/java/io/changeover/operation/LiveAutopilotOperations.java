package io.changeover.operation;

import io.changeover.autopilot.Controls;
import io.changeover.autopilot.PilotRecord;
import io.changeover.autopilot.PilotRecords;
import io.changeover.backfill.Backfills;
import io.changeover.changeover.ChangeoverState;
import io.changeover.changeover.ChangeoverState.Attempt;
import io.changeover.plan.Plan;
import io.changeover.projection.Projections;
import io.changeover.projection.VersionStates;
import io.changeover.serving.Nodes;
import io.changeover.serving.Router;
import io.changeover.view.Versions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the nodes have told about the changeovers that they carry. Safe for use by several threads. */
public final class LiveAutopilotOperations implements AutopilotOperations {

    private static final String NOBODY =
            "a node that carries it; start one whose changeover.autopilot.enabled is true, or take each step by hand";

    private final Versions versions;
    private final Router router;
    private final PilotRecords records;

    /** The verb over what is kept. */
    public LiveAutopilotOperations(Versions versions, Router router, PilotRecords records) {
        this.versions = versions;
        this.router = router;
        this.records = records;
    }

    /** What the autopilot of a node acts through: the node's own verbs. */
    public static Controls controls(
            ChangeoverOperations operations,
            Backfills backfills,
            Projections projections,
            VersionStates states,
            Nodes nodes) {
        return new AutopilotControls(operations, backfills, projections, states, nodes);
    }

    @Override
    public List<AutopilotStatus> autopilot(@Nullable String view) {
        if (view != null) {
            versions.requireView(view);
        }
        Map<String, PilotRecord> known =
                records.all().stream().collect(Collectors.toMap(PilotRecord::view, Function.identity()));
        return versions.views().stream()
                .filter(each -> view == null || view.equals(each))
                .map(each -> status(each, known.get(each)))
                .filter(Objects::nonNull)
                .toList();
    }

    private @Nullable AutopilotStatus status(String view, @Nullable PilotRecord known) {
        Attempt open = router.state(view).map(ChangeoverState::open).orElse(null);
        Plan plan = open == null ? null : open.course().plan();
        if (open == null || plan == null) {
            return null;
        }
        PilotRecord told = known != null && open.id().equals(known.changeover()) ? known : null;
        String node = known == null || known.silent() ? null : known.node();
        return new AutopilotStatus(
                view,
                open.id(),
                plan.name(),
                open.phase().text(),
                open.percent(),
                node,
                told == null ? null : told.lookedAt(),
                node == null ? NOBODY : told == null ? "" : told.waitsFor(),
                told == null ? null : told.moved(),
                told == null ? null : told.movedAt(),
                told == null
                        ? List.of()
                        : told.readings().stream()
                                .map(AutopilotStatus.Reading::of)
                                .toList());
    }
}
