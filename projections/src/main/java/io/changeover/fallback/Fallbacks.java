package io.changeover.fallback;

import io.changeover.changeover.ChangeoverState;
import io.changeover.changeover.ChangeoverState.Attempt;
import io.changeover.projection.DaemonThreads;
import io.changeover.serving.Guard;
import io.changeover.serving.ReadCall;
import io.changeover.serving.Router;
import io.changeover.view.VersionId;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Answers by the old version where the new one fails, hangs, or is known to, and keeps count of it. Each changeover begins
 * with a fresh breaker. Safe for use by several threads.
 */
public final class Fallbacks implements Guard, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Fallbacks.class);

    private final Router router;
    private final FallbackOptions options;
    private final Clock clock;
    private final JdbcTemplate jdbc;
    private final FallbackStore store;
    private final Map<Changing, GuardedVersion> all = new ConcurrentHashMap<>();

    /** The latest of each view, so that a call need not make a key to find it. */
    private final Map<String, GuardedVersion> latest = new ConcurrentHashMap<>();

    private final Map<Changing, FallbackCounts> kept = new ConcurrentHashMap<>();
    private final Map<Changing, FallbackCounts> ofAllNodes = new ConcurrentHashMap<>();
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreads("changeover-fallbacks"));
    private boolean failing;

    /**
     * @param jdbc statements on the data source in which counts are kept and callers have their transactions
     * @param node name of this node
     */
    public Fallbacks(Router router, FallbackOptions options, Clock clock, JdbcTemplate jdbc, String node) {
        this.router = router;
        this.options = options;
        this.clock = clock;
        this.jdbc = jdbc;
        this.store = new FallbackStore(jdbc, node);
    }

    /** Begins to keep counts on a thread of its own. */
    public void start() {
        long interval = options.flushInterval().toMillis();
        var unused = thread.scheduleWithFixedDelay(this::flush, interval, interval, TimeUnit.MILLISECONDS);
    }

    @Override
    public Answer ask(ReadCall call, int version, int fallback) throws Throwable {
        return guarded(call.view(), version).ask(call, fallback);
    }

    private GuardedVersion guarded(String view, int version) {
        GuardedVersion known = latest.get(view);
        Attempt attempt = attempt(view);
        if (known != null && known.changing().version() == version && isOf(known, version, attempt)) {
            return known;
        }
        Changing changing = new Changing(view, version, attempt == null ? "" : attempt.id());
        GuardedVersion found = all.computeIfAbsent(changing, this::create);
        latest.put(view, found);
        return found;
    }

    /** A call that was routed before the state changed belongs to the changeover that it was routed by. */
    private static boolean isOf(GuardedVersion known, int version, @Nullable Attempt attempt) {
        return attempt == null
                || attempt.to() != version
                || attempt.id().equals(known.changing().changeover());
    }

    private @Nullable Attempt attempt(String view) {
        return router.state(view).map(ChangeoverState::latest).orElse(null);
    }

    private GuardedVersion create(Changing changing) {
        return new GuardedVersion(
                changing, options, router.settings(changing.view()).timeLimit(), clock, jdbc.getDataSource());
    }

    /** How readers fared in the view's open changeover, or the last one; empty when there was none. */
    public Optional<FallbackReport> report(String view) {
        Attempt attempt = attempt(view);
        if (attempt == null) {
            return Optional.empty();
        }
        Changing changing = new Changing(view, attempt.to(), attempt.id());
        FallbackCounts counts = counts(changing);
        GuardedVersion guarded = all.get(changing);
        return Optional.of(new FallbackReport(
                view,
                attempt.id(),
                changing.id().toString(),
                new VersionId(view, attempt.from()).toString(),
                router.state(view).map(ChangeoverState::open).isPresent(),
                store.node(),
                guarded == null ? "unused" : guarded.breaker(),
                guarded == null ? router.settings(view).timeLimit() : guarded.timeLimit(),
                options.workers(),
                guarded == null ? 0 : guarded.working(),
                counts,
                FallbackBudget.of(options.errorBudget(), counts),
                guarded == null ? null : guarded.latency(),
                guarded == null ? List.of() : guarded.failures()));
    }

    /** What all nodes have kept and what this one has not yet. */
    private synchronized FallbackCounts counts(Changing changing) {
        GuardedVersion guarded = all.get(changing);
        FallbackCounts sum = store.sum(changing);
        return guarded == null ? sum : sum.plus(pending(guarded));
    }

    private FallbackCounts pending(GuardedVersion guarded) {
        return guarded.counted().minus(kept.getOrDefault(guarded.changing(), FallbackCounts.NONE));
    }

    /** Calls of the version that have ended so on this node since it was started, over all changeovers. */
    public long calls(VersionId version, Outcome outcome) {
        return all.values().stream()
                .filter(guarded -> guarded.changing().id().equals(version))
                .mapToLong(guarded -> guarded.counted().of(outcome))
                .sum();
    }

    /**
     * State of the breaker of the version on this node, as in {@link FallbackReport#breaker}; empty while no open changeover
     * leads to it, or before its first call.
     */
    public Optional<String> breaker(VersionId version) {
        return open(version).map(all::get).map(GuardedVersion::breaker);
    }

    /**
     * What is left of the budget of the version's open changeover, as far as this node has heard of the calls of others;
     * empty while none is open, or before this node has counted or heard of any.
     */
    public Optional<FallbackBudget> budget(VersionId version) {
        return open(version)
                .map(changing -> ofAllNodes.get(changing))
                .map(counts -> FallbackBudget.of(options.errorBudget(), counts));
    }

    private Optional<Changing> open(VersionId version) {
        return router.state(version.view())
                .map(ChangeoverState::open)
                .filter(attempt -> attempt.to() == version.version())
                .map(attempt -> new Changing(version.view(), attempt.to(), attempt.id()));
    }

    private void flush() {
        try {
            keep();
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) {
                LOG.warn("Counts of fallbacks could not be kept; this node holds them and tries again", e);
            }
            failing = true;
        }
    }

    /**
     * Keeps what was counted since the last time. When it is not known whether the database has taken it, it is kept again:
     * counts are then too high by that, and never too low.
     */
    synchronized void keep() {
        all.forEach((changing, guarded) -> {
            FallbackCounts now = guarded.counted();
            FallbackCounts more = now.minus(kept.getOrDefault(changing, FallbackCounts.NONE));
            if (more.calls() > 0) {
                store.add(changing, more);
                kept.put(changing, now);
            }
            if (isOpen(changing)) {
                ofAllNodes.put(changing, store.sum(changing));
            }
        });
    }

    private boolean isOpen(Changing changing) {
        return open(changing.id()).filter(changing::equals).isPresent();
    }

    /** Keeps what was counted, and gives up calls that are still being made. */
    @Override
    public void close() {
        thread.shutdownNow();
        all.values().forEach(GuardedVersion::close);
        try {
            keep();
        } catch (RuntimeException e) {
            all.values().stream()
                    .filter(guarded -> pending(guarded).calls() > 0)
                    .forEach(guarded -> LOG.warn(
                            "Counts of calls of {} in changeover {} could not be kept and are lost with this node: {}",
                            guarded.changing().id(),
                            guarded.changing().changeover(),
                            pending(guarded),
                            e));
        }
    }
}
