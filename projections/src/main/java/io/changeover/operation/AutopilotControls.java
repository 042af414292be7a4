package io.changeover.operation;

import io.changeover.autopilot.Building;
import io.changeover.autopilot.Building.State;
import io.changeover.autopilot.Controls;
import io.changeover.autopilot.MoveRefusedException;
import io.changeover.backfill.BackfillProgress;
import io.changeover.backfill.Backfills;
import io.changeover.changeover.ChangeoverCommand;
import io.changeover.changeover.ChangeoverState.Attempt;
import io.changeover.changeover.GateReading;
import io.changeover.projection.Projections;
import io.changeover.projection.VersionState;
import io.changeover.projection.VersionStates;
import io.changeover.serving.Nodes;
import io.changeover.view.VersionId;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What the autopilot acts through: the verbs of this node, so that the same rules hold for it as for people. */
final class AutopilotControls implements Controls {

    private final ChangeoverOperations operations;
    private final Backfills backfills;
    private final Projections projections;
    private final VersionStates states;
    private final Nodes nodes;

    AutopilotControls(
            ChangeoverOperations operations,
            Backfills backfills,
            Projections projections,
            VersionStates states,
            Nodes nodes) {
        this.operations = operations;
        this.backfills = backfills;
        this.projections = projections;
        this.states = states;
        this.nodes = nodes;
    }

    @Override
    public Building building(String view, Attempt attempt) {
        VersionId version = new VersionId(view, attempt.to());
        BackfillProgress here = backfills.progress(version).orElse(null);
        if (here != null) {
            switch (here.state()) {
                case STARTING, RUNNING, INDEXING -> {
                    return new Building(
                            State.UNDER_WAY, "position %d of %d".formatted(here.position(), here.horizon()));
                }
                case DONE, INCOMPLETE, PAUSED, CANCELLED, FAILED -> {} // the database knows better what has come of it
            }
        }
        VersionState state = states.find(version).orElse(null);
        if (state == null) {
            return new Building(State.FORSAKEN, "not begun");
        }
        return switch (state.stage()) {
            case PAUSED -> new Building(State.STOPPED, "paused at position %d".formatted(state.reached()));
            case CANCELLED -> new Building(State.STOPPED, "cancelled");
            case PURGED -> new Building(State.STOPPED, "purged; restore the version, or drop it to build it anew");
            case FAILED -> new Building(State.FAILED, Objects.requireNonNullElse(state.failure(), "no cause is known"));
            case INCOMPLETE ->
                new Building(State.INCOMPLETE, "%d in '%s'".formatted(projections.deadLetterCount(version), version));
            case LIVE -> new Building(State.FORSAKEN, "built, which the changeover was not told");
            case BACKFILLING -> elsewhere(version, state);
        };
    }

    private Building elsewhere(VersionId version, VersionState state) {
        return projections
                .claimedBy(version)
                .filter(owner -> !owner.equals(nodes.name()))
                .filter(owner -> nodes.all().stream()
                        .anyMatch(node ->
                                node.node().equals(owner) && node.state().equals("up")))
                .map(owner -> new Building(
                        State.UNDER_WAY,
                        "position %d of %d, on node '%s'".formatted(state.reached(), state.horizon(), owner)))
                .orElseGet(() -> new Building(State.FORSAKEN, "no node that is up works on it"));
    }

    @Override
    public void prepare(String view, List<GateReading> gates, Order order) {
        send(new ChangeoverCommand.Prepare(view, gates, ACTOR, order.reason()), order);
    }

    @Override
    public void startBackfill(String view, Order order) {
        refusing(() -> operations.startBackfill(view, request(order)));
    }

    @Override
    public void build(String view, Attempt attempt) {
        refusing(() -> operations.goOn(Map.of(view, attempt)));
    }

    @Override
    public void fail(String view, String changeover, Order order) {
        send(new ChangeoverCommand.Fail(view, changeover, ACTOR, order.reason()), order);
    }

    @Override
    public void confirmCaughtUp(String view, String changeover, List<GateReading> gates, Order order) {
        send(new ChangeoverCommand.ConfirmCaughtUp(view, changeover, gates, ACTOR, order.reason()), order);
    }

    @Override
    public void verify(String view, Order order) {
        refusing(() -> operations.verify(view, request(order)));
    }

    @Override
    public void rehearse(String view, Order order) {
        send(new ChangeoverCommand.RehearseFlip(view, ACTOR, order.reason()), order);
    }

    @Override
    public void proveWayBack(String view, Order order) {
        send(
                new ChangeoverCommand.ProveWayBack(
                        view,
                        operations.evidence(view),
                        nodes.acknowledgedBy(view),
                        nodes.awaited(view),
                        ACTOR,
                        order.reason()),
                order);
    }

    @Override
    public void shift(String view, int percent, List<GateReading> gates, Order order) {
        send(
                new ChangeoverCommand.Shift(view, percent, operations.evidence(view), gates, ACTOR, order.reason()),
                order);
    }

    @Override
    public void startSoak(String view, String changeover, List<GateReading> gates, Order order) {
        send(new ChangeoverCommand.StartSoak(view, changeover, gates, ACTOR, order.reason()), order);
    }

    @Override
    public void complete(String view, Order order) {
        refusing(() -> operations.complete(view, request(order)));
    }

    @Override
    public void pause(String view, Order order) {
        send(new ChangeoverCommand.Pause(view, ACTOR, order.reason()), order);
    }

    @Override
    public void rollBack(String view, List<GateReading> gates, Order order) {
        refusing(() -> operations.rollBack(view, gates, request(order)));
    }

    @Override
    public void confirmRollback(String view, String changeover, Order order) {
        send(
                new ChangeoverCommand.ConfirmRollback(
                        view, changeover, nodes.acknowledgedBy(view), nodes.awaited(view)),
                order);
    }

    private void send(ChangeoverCommand command, Order order) {
        refusing(() -> operations.send(command, request(order)));
    }

    private static Request request(Order order) {
        return new Request(ACTOR, order.reason(), order.commandId().isEmpty() ? null : order.commandId());
    }

    private static void refusing(Runnable move) {
        try {
            move.run();
        } catch (OperationRefusedException e) {
            throw new MoveRefusedException(e.rule(), String.valueOf(e.getMessage()), e);
        }
    }
}
