package io.changeover.operation;

import io.changeover.backfill.Backfills;
import io.changeover.changeover.ChangeoverCommand.RegisterView;
import io.changeover.changeover.ChangeoverState;
import io.changeover.changeover.ChangeoverState.Attempt;
import io.changeover.changeover.Disposal;
import io.changeover.changeover.Phase;
import io.changeover.projection.VersionState;
import io.changeover.projection.VersionStates;
import io.changeover.serving.RouteFollower;
import io.changeover.serving.Router;
import io.changeover.view.ForeignVersion;
import io.changeover.view.VersionDefinition;
import io.changeover.view.VersionId;
import io.changeover.view.Versions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a node to the state that the event store and the version states say it should be in. */
public final class NodeStart {

    private static final Logger LOG = LoggerFactory.getLogger(NodeStart.class);

    private final Versions versions;
    private final CommandGateway commands;
    private final Router router;
    private final RouteFollower follower;
    private final Backfills backfills;
    private final VersionStates states;
    private final ChangeoverOperations operations;

    /** The start of the node that has these parts. */
    public NodeStart(
            Versions versions,
            CommandGateway commands,
            Router router,
            RouteFollower follower,
            Backfills backfills,
            VersionStates states,
            ChangeoverOperations operations) {
        this.versions = versions;
        this.commands = commands;
        this.router = router;
        this.follower = follower;
        this.backfills = backfills;
        this.states = states;
        this.operations = operations;
    }

    /**
     * Routes by what is recorded, registers views that are new with their lowest version, starts every version that
     * readers or an open changeover need, and resumes backfills that a crash has cut off.
     */
    public void run() {
        follower.start();
        versions.views().forEach(this::registerIfNew);
        Map<VersionId, VersionState> known = states.all();
        start(versions.built().stream()
                .filter(version -> isNeeded(version, known.get(version.id())))
                .map(VersionDefinition::id)
                .toList());
        versions.views().forEach(view -> resume(view, known));
    }

    private void registerIfNew(String view) {
        Optional<Integer> lowest = versions.of(view).stream()
                .filter(version -> !(version instanceof ForeignVersion))
                .map(version -> version.id().version())
                .min(Comparator.naturalOrder());
        if (router.state(view).isEmpty() && lowest.isPresent()) {
            try {
                commands.sendAndWait(new RegisterView(view, lowest.get()));
            } catch (AggregateStreamCreationException e) {
                LOG.debug("Another node has registered view {} at the same moment", view, e);
            }
            follower.refresh(view);
        }
    }

    /**
     * Whether readers, or a changeover, need the version.
     *
     * @param known where the version stands, or null when it was never begun
     */
    boolean isNeeded(VersionDefinition version, @Nullable VersionState known) {
        VersionId id = version.id();
        ChangeoverState state = router.state(id.view()).orElse(null);
        Disposal disposal = state == null ? null : state.disposals().get(id.version());
        if (state == null || isStopped(known) || (disposal != null && disposal.stage() != Disposal.Stage.HELD)) {
            return false;
        }
        Attempt latest = state.latest();
        boolean abandoned = latest != null
                && latest.phase() == Phase.ABORTED
                && latest.to() == id.version()
                && state.serving() != id.version();
        return state.serving() == id.version() || (known != null && !abandoned);
    }

    private static boolean isStopped(@Nullable VersionState known) {
        return known != null && known.stage().isStopped();
    }

    /** All at once, so that those that are to be built can be built by one reading of the store. */
    private void start(List<VersionId> needed) {
        List<CompletableFuture<Long>> results = backfills.goOn(needed);
        for (int i = 0; i < needed.size(); i++) {
            VersionId id = needed.get(i);
            var unused = results.get(i).whenComplete((position, failure) -> {
                if (failure != null && !(failure instanceof InterruptedException)) { // that is the node being stopped
                    LOG.error("Version {} could not be brought to life", id, failure);
                }
            });
        }
    }

    private void resume(String view, Map<VersionId, VersionState> known) {
        router.state(view)
                .map(ChangeoverState::open)
                .filter(open ->
                        open.phase() == Phase.BACKFILLING && !isStopped(known.get(new VersionId(view, open.to()))))
                .ifPresent(open -> operations.goOn(Map.of(view, open)));
    }
}
