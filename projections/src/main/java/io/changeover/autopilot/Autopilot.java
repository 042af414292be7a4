package io.changeover.autopilot;

import io.changeover.autopilot.Controls.Order;
import io.changeover.autopilot.Move.Kind;
import io.changeover.autopilot.PilotRecords.Claim;
import io.changeover.changeover.ChangeoverState;
import io.changeover.changeover.ChangeoverState.Attempt;
import io.changeover.changeover.Disposal;
import io.changeover.changeover.GateReading;
import io.changeover.changeover.Phase;
import io.changeover.gate.Gates;
import io.changeover.plan.Plan;
import io.changeover.projection.DaemonThreads;
import io.changeover.serving.Router;
import io.changeover.trace.LogFields;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries changeovers with a plan forward. Of all nodes the one does that holds the claim of the view; it tells about once a
 * second that it is there, and another one goes on from what is recorded when it does not. That two nodes act at once for a
 * moment does no harm, since both name what they do alike and the changeover does it once.
 */
public final class Autopilot implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Autopilot.class);

    /** What follows at once needs no second to pass in between; the rest waits for the next look. */
    private static final int MOVES_OF_A_LOOK = 8;

    private static final long PATIENCE_SECONDS = 5;

    private final List<String> views;
    private final Router router;
    private final Gates gates;
    private final Controls controls;
    private final @Nullable Disposals disposals;
    private final PilotRecords records;
    private final AutopilotOptions options;
    private final Clock clock;
    private final Pilot pilot;
    private final Verifications verifications;
    private final Map<String, Long> looking = new ConcurrentHashMap<>();
    private final Map<String, List<GateReading>> seen = new ConcurrentHashMap<>();
    private final Map<String, String> troubles = new ConcurrentHashMap<>();
    private final ScheduledExecutorService heart =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreads("changeover-autopilot"));

    /** One for each view that is looked at, so that none waits for a gate of another. */
    private final ExecutorService threads =
            Executors.newCachedThreadPool(new DaemonThreads("changeover-autopilot-look"));

    /**
     * An autopilot that does nothing by itself yet.
     *
     * @param views views of the application
     * @param disposals ends old versions where a plan wants it; null to leave that to people
     * @param maxParityAge how old a comparison may be before a shift by the settings of this node
     */
    public Autopilot(
            List<String> views,
            Router router,
            Gates gates,
            Controls controls,
            @Nullable Disposals disposals,
            PilotRecords records,
            AutopilotOptions options,
            Duration maxParityAge,
            Clock clock) {
        this.views = List.copyOf(views);
        this.router = router;
        this.gates = gates;
        this.controls = controls;
        this.disposals = disposals;
        this.records = records;
        this.options = options;
        this.clock = clock;
        this.pilot = new Pilot(options.verifyAgain(), maxParityAge);
        this.verifications = new Verifications(controls, clock);
    }

    /** Begins to look, after each interval. To be called once. */
    public void start() {
        long interval = options.interval().toMillis();
        var unused = heart.scheduleWithFixedDelay(this::round, interval, interval, TimeUnit.MILLISECONDS);
    }

    private void round() {
        for (String view : views) {
            if (!isDue(view)) {
                continue;
            }
            Long since = looking.get(view);
            if (since != null) {
                tellAlive(view, since);
                continue;
            }
            try {
                threads.execute(() -> {
                    var unused = look(view);
                });
            } catch (RejectedExecutionException e) {
                return; // the node is being stopped
            }
        }
    }

    /** A look that takes too long is not spoken for, so that another node may go on. */
    private void tellAlive(String view, long since) {
        if (System.nanoTime() - since < options.patience().toNanos()) {
            attempt(view, () -> records.claim(view));
        }
    }

    private boolean isDue(String view) {
        ChangeoverState state = router.state(view).orElse(null);
        return state != null && (planned(state) != null || disposal(state) != null);
    }

    private static @Nullable Attempt planned(ChangeoverState state) {
        Attempt open = state.open();
        return open == null || open.course().plan() == null ? null : open;
    }

    /**
     * Looks at the view's changeover once, and does what follows at once.
     *
     * @return false when there is nothing to carry, another node holds the claim, or a look is under way
     */
    public boolean look(String view) {
        if (looking.putIfAbsent(view, System.nanoTime()) != null) {
            return false;
        }
        LogFields fields = LogFields.ofView(view);
        try {
            return attempt(view, () -> claimed(view)).orElse(false);
        } finally {
            fields.close();
            looking.remove(view);
        }
    }

    /** A failure, as of the database, is waited out; it is said once, until something else is the matter. */
    private <T> Optional<T> attempt(String view, Attempted<Optional<T>> what) {
        try {
            Optional<T> result = what.run();
            if (troubles.remove(view) != null) {
                LOG.info("The changeover of view {} is carried on", view);
            }
            return result;
        } catch (RuntimeException e) {
            String text = String.valueOf(e);
            if (!text.equals(troubles.put(view, text))) {
                LOG.error(
                        "The changeover of view {} could not be looked at; it is tried again after each interval, here or on another node",
                        view,
                        e);
            }
            return Optional.empty();
        }
    }

    private interface Attempted<T> {

        T run();
    }

    private Optional<Boolean> claimed(String view) {
        if (!isDue(view)) {
            return Optional.empty();
        }
        Claim claim = records.claim(view).orElse(null);
        if (claim == null) {
            seen.remove(view);
            return Optional.empty();
        }
        carry(view, claim);
        return Optional.of(true);
    }

    private void carry(String view, Claim claim) {
        String moved = null;
        for (int moves = 0; moves < MOVES_OF_A_LOOK; moves++) {
            ChangeoverState state = router.state(view).orElseThrow();
            Attempt attempt = planned(state);
            if (attempt == null) {
                dispose(view, claim, state);
                return;
            }
            if (moves == 0 && attempt.id().equals(claim.changeover())) {
                moved = claim.moved() == null ? null : claim.moved().split(":", 2)[0];
            }
            Situation situation = situation(view, attempt, moved);
            seen.put(view, situation.toMove());
            Decision decision = pilot.decide(situation);
            if (decision.verify()) {
                verifications.begin(view, attempt);
            }
            Move move = decision.move();
            if (move == null) {
                told(view, records.waits(view, claim, attempt, decision.waitsFor(), situation.toMove()));
                return;
            }
            try {
                carryOut(view, attempt, move);
            } catch (MoveRefusedException e) {
                told(
                        view,
                        records.waits(
                                view,
                                claim,
                                attempt,
                                "what keeps it from '%s': %s".formatted(move.text(), e.getMessage()),
                                situation.toMove()));
                return;
            } catch (RuntimeException e) {
                records.waits(
                        view,
                        claim,
                        attempt,
                        "'%s' to succeed, which failed with %s; it is tried again".formatted(move.text(), e),
                        situation.toMove());
                throw e;
            }
            moved = move.kind().text();
            LOG.info("View {}: {}, as {}", view, move.text(), move.reason());
            Attempt after = router.state(view).map(ChangeoverState::latest).orElse(attempt);
            if (!told(
                            view,
                            records.moved(
                                    view,
                                    claim,
                                    after,
                                    "%s: %s".formatted(move.text(), move.reason()),
                                    situation.toMove()))
                    || move.kind() == Kind.BUILD) {
                return;
            }
        }
    }

    private static boolean told(String view, boolean mine) {
        if (!mine) {
            LOG.info("Another node has taken the changeover of view {} over", view);
        }
        return mine;
    }

    private Situation situation(String view, Attempt attempt, @Nullable String moved) {
        Instant now = clock.instant();
        // What may have to go back comes first.
        List<GateReading> toStay = attempt.percent() > 0 ? gates.toStay(view, attempt) : List.of();
        return new Situation(
                attempt,
                toMove(view, attempt),
                toStay,
                attempt.phase() == Phase.BACKFILLING ? controls.building(view, attempt) : null,
                verifications.of(attempt),
                moved,
                now);
    }

    private List<GateReading> toMove(String view, Attempt attempt) {
        return switch (attempt.phase()) {
            case DECLARED, PREPARED -> gates.toPrepare(view, attempt);
            case CATCHING_UP, VERIFYING -> gates.toVerify(view, attempt);
            case SHADOWING, SHIFTING, SERVING, SOAKING -> gates.toMove(view, attempt);
            case BACKFILLING, ROLLING_BACK, ROLLED_BACK, COMPLETED, ABORTED -> List.of();
        };
    }

    private void carryOut(String view, Attempt attempt, Move move) {
        Order order = new Order(move.reason(), move.commandId());
        switch (move.kind()) {
            case PREPARE -> controls.prepare(view, move.readings(), order);
            case START_BACKFILL -> controls.startBackfill(view, order);
            case BUILD -> controls.build(view, attempt);
            case FAIL -> controls.fail(view, attempt.id(), order);
            case CONFIRM_CAUGHT_UP -> controls.confirmCaughtUp(view, attempt.id(), move.readings(), order);
            case REHEARSE -> controls.rehearse(view, order);
            case PROVE_WAY_BACK -> controls.proveWayBack(view, order);
            case SHIFT, STEP_BACK -> controls.shift(view, move.percent(), move.readings(), order);
            case START_SOAK -> controls.startSoak(view, attempt.id(), move.readings(), order);
            case COMPLETE -> controls.complete(view, order);
            case PAUSE -> controls.pause(view, order);
            case ROLL_BACK -> controls.rollBack(view, move.readings(), order);
            case CONFIRM_ROLLBACK -> controls.confirmRollback(view, attempt.id(), order);
        }
    }

    private @Nullable Disposal disposal(ChangeoverState state) {
        Attempt latest = state.latest();
        Plan plan = latest == null ? null : latest.course().plan();
        Disposal disposal = latest == null ? null : state.disposals().get(latest.from());
        if (disposals == null
                || plan == null
                || disposal == null
                || !plan.completion().automatic()) {
            return null;
        }
        Plan.Completion completion = plan.completion();
        return switch (disposal.stage()) {
            case HELD -> due(disposal, completion.hold());
            case PURGED -> due(disposal, completion.purge());
            case DROPPED -> null;
        };
    }

    private @Nullable Disposal due(Disposal disposal, Duration time) {
        return clock.instant().isBefore(disposal.since().plus(time)) ? null : disposal;
    }

    private void dispose(String view, Claim claim, ChangeoverState state) {
        Disposal disposal = disposal(state);
        if (disposal == null || disposals == null) {
            return;
        }
        Attempt latest = Objects.requireNonNull(state.latest());
        Plan plan = Objects.requireNonNull(latest.course().plan());
        try {
            disposals.next(
                    view,
                    latest.from(),
                    disposal,
                    plan.completion(),
                    "%s:after-%s:%s".formatted(latest.id(), disposal.stage().text(), disposal.since()));
        } catch (MoveRefusedException e) {
            told(
                    view,
                    records.waits(
                            view,
                            claim,
                            latest,
                            "what keeps version %d from its next stage: %s".formatted(latest.from(), e.getMessage()),
                            List.of()));
        }
    }

    /** What the gates of the view's changeover said at the last look of this node; empty where another one looks. */
    public List<GateReading> readings(String view) {
        return router.state(view).map(Autopilot::planned).isPresent()
                ? new ArrayList<>(seen.getOrDefault(view, List.of()))
                : List.of();
    }

    /** Ends without a word to other nodes, as a process does that is killed. */
    void end() {
        heart.shutdownNow();
        threads.shutdown();
        verifications.close();
        try {
            if (!threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                threads.shutdownNow();
                LOG.warn("A look did not end within {} seconds; another node goes on", PATIENCE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends, and gives claims back, so that another node goes on at once. */
    @Override
    public void close() {
        end();
        try {
            records.release();
        } catch (RuntimeException e) {
            LOG.debug("Claims could not be given back; they lapse by themselves", e);
        }
    }
}
