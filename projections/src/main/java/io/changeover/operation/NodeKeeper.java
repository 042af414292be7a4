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
import io.changeover.view.VersionDefinition;
import io.changeover.view.VersionId;
import io.changeover.view.Versions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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
 * nodes have about as many each. Looks every two seconds, by three statements for all versions, and one more while some are
 * built. A changeover that was not told that its version is built is told.
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
            // In this order: what is started after the first look is not taken for something that was stopped before.
            Set<VersionId> followed = Set.copyOf(projections.live());
            Map<VersionId, VersionState> all = states.all();
            Set<VersionId> unfinished = new LinkedHashSet<>();
            for (VersionDefinition version : versions.built()) {
                VersionId id = version.id();
                VersionState state = all.get(id);
                if (state == null) {
                    continue;
                }
                boolean needed = start.isNeeded(version, state);
                if (needed && !followed.contains(id) && !backfills.isUnderWay(id)) {
                    if (state.stage().isBuilt()) {
                        LOG.info("Version {} was built by another node, and this one takes part in following it", id);
                        var unused = backfills.goOn(List.of(id));
                    } else if (state.stage() == Stage.BACKFILLING) {
                        unfinished.add(id);
                    }
                } else if (!needed
                        && followed.contains(id)
                        && router.state(id.view()).isPresent()) {
                    LOG.info("Version {} was stopped or given up, and this node follows it no more", id);
                    backfills.leave(id);
                }
            }
            Map<VersionId, List<SegmentClaim>> claims = projections.claims();
            unfinished.removeIf(version -> !hasRoom(claims.getOrDefault(version, List.of())));
            if (!unfinished.isEmpty()) {
                takeOver(unfinished);
            }
            balance.look(claims, followed);
            completeBuilt(all);
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) {
                LOG.warn("What other nodes have begun could not be looked at; this node tries again", e);
            }
            failing = true;
        }
    }

    /**
     * Tells changeovers that their version is built where nobody has: whoever built it was killed just before, or was
     * refused because somebody else changed the view in that moment.
     */
    private void completeBuilt(Map<VersionId, VersionState> all) {
        for (VersionDefinition version : versions.built()) {
            VersionId id = version.id();
            VersionState state = all.get(id);
            if (state != null && state.stage() == Stage.LIVE && !backfills.isUnderWay(id)) {
                try {
                    operations.built(id);
                } catch (OperationRefusedException e) {
                    LOG.debug("The changeover of {} was told by somebody else, or is told at the next look", id, e);
                }
            }
        }
    }

    /** All at once, so that they can be built by one reading of the store. */
    private void takeOver(Set<VersionId> unfinished) {
        // Whoever pauses or ends a backfill says so before the claim is given back, so this is asked after the claims.
        Map<VersionId, VersionState> now = states.all();
        Map<String, Attempt> open = new LinkedHashMap<>();
        List<VersionId> others = new ArrayList<>();
        for (VersionId version : unfinished) {
            VersionState state = now.get(version);
            if (state == null || state.stage() != Stage.BACKFILLING) {
                continue;
            }
            LOG.info(
                    "The backfill of {} was left by its node, or has parts for several, and this one takes part",
                    version);
            router.state(version.view())
                    .map(ChangeoverState::open)
                    .filter(attempt -> attempt.phase() == Phase.BACKFILLING && attempt.to() == version.version())
                    .ifPresentOrElse(attempt -> open.put(version.view(), attempt), () -> others.add(version));
        }
        operations.goOn(open);
        var unused = backfills.goOn(others);
    }

    /** Whether its node has left it, or it has segments that nodes can have a part of. */
    private static boolean hasRoom(List<SegmentClaim> claims) {
        return claims.size() > 1 || claims.stream().allMatch(claim -> claim.owner() == null);
    }

    /** Looks no more. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
