package io.changeover.operation;

import io.changeover.backfill.Backfills;
import io.changeover.changeover.ChangeoverState;
import io.changeover.changeover.ChangeoverState.Attempt;
import io.changeover.changeover.Phase;
import io.changeover.projection.DaemonThreads;
import io.changeover.projection.Projections;
import io.changeover.projection.SegmentClaim;
import io.changeover.projection.SegmentWishes;
import io.changeover.projection.VersionState;
import io.changeover.projection.VersionState.Stage;
import io.changeover.projection.VersionStates;
import io.changeover.serving.Router;
import io.changeover.view.FoldedVersion;
import io.changeover.view.VersionDefinition;
import io.changeover.view.VersionId;
import io.changeover.view.Versions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has this node take part in what another has begun or given up: it follows versions that were built elsewhere since it
 * started, so that their segments have somebody to go to, leaves those that nobody needs any more, and takes over a backfill
 * whose node has died or left, or a part of one that is under way; and it gives and takes segments of live versions, so that
 * nodes have about as many each. Looks every two seconds, by three statements, and one or two more for each version.
 */
public final class NodeKeeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(NodeKeeper.class);

    private static final int LOOK_SECONDS = 2;

    private final Versions versions;
    private final Router router;
    private final Projections projections;
    private final Backfills backfills;
    private final VersionStates states;
    private final NodeStart start;
    private final ChangeoverOperations operations;
    private final SegmentBalance balance;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreads("changeover-keeper"));
    private boolean failing;

    /**
     * The keeper of the node that has these parts; it does nothing before {@link #start}.
     *
     * @param balances whether this node spreads the segments of live versions evenly with others
     */
    public NodeKeeper(
            Versions versions,
            Router router,
            Projections projections,
            Backfills backfills,
            VersionStates states,
            NodeStart start,
            ChangeoverOperations operations,
            SegmentWishes wishes,
            boolean balances) {
        this.versions = versions;
        this.router = router;
        this.projections = projections;
        this.backfills = backfills;
        this.states = states;
        this.start = start;
        this.operations = operations;
        this.balance = new SegmentBalance(projections, wishes, balances);
    }

    /** Begins to look. To be called once, after the node has started. */
    public void start() {
        var unused = thread.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    private void look() {
        try {
            Map<VersionId, VersionState> all = states.all();
            Set<VersionId> followed = Set.copyOf(projections.live());
            for (VersionDefinition version : versions.built()) {
                VersionState state = all.get(version.id());
                if (state == null || !(version instanceof FoldedVersion)) {
                    continue;
                }
                boolean needed = start.isNeeded(version);
                if (needed && !followed.contains(version.id())) {
                    keep(version.id(), state);
                } else if (!needed
                        && followed.contains(version.id())
                        && router.state(version.id().view()).isPresent()) {
                    LOG.info("Version {} was given up, and this node follows it no more", version.id());
                    projections.stopLive(version.id());
                }
            }
            balance.look(Set.copyOf(projections.live()));
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) {
                LOG.warn("What other nodes have begun could not be looked at; this node tries again", e);
            }
            failing = true;
        }
    }

    private void keep(VersionId version, VersionState state) {
        if (state.stage() == Stage.LIVE || state.stage() == Stage.INCOMPLETE) {
            LOG.info("Version {} was built by another node, and this one takes part in following it", version);
            var unused = backfills.start(version);
        } else if (state.stage() == Stage.BACKFILLING && !backfills.isAt(version) && hasRoom(version)) {
            Attempt open = router.state(version.view())
                    .map(ChangeoverState::open)
                    .filter(attempt -> attempt.phase() == Phase.BACKFILLING && attempt.to() == version.version())
                    .orElse(null);
            if (open != null) {
                operations.bringToLife(version.view(), open);
            } else {
                var unused = backfills.start(version);
            }
        }
    }

    /** Whether its node has left it, or it has segments that nodes can have a part of. */
    private boolean hasRoom(VersionId version) {
        List<SegmentClaim> claims = projections.claims(version);
        if (claims.stream().allMatch(claim -> claim.owner() == null)) {
            LOG.info("The backfill of {} was left by its node, and this one goes on with it", version);
            return true;
        }
        if (claims.size() > 1) {
            LOG.info("Version {} is being built by another node, and this one takes part in it", version);
            return true;
        }
        return false;
    }

    /** Looks no more. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
