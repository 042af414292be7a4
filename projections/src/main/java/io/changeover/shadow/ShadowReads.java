package io.changeover.shadow;

import io.changeover.changeover.ChangeoverState.Attempt;
import io.changeover.parity.Masks;
import io.changeover.projection.DaemonThreads;
import io.changeover.projection.HistoryPages;
import io.changeover.projection.ProjectionStore;
import io.changeover.projection.Projections;
import io.changeover.serving.ReadCall;
import io.changeover.serving.ReaderContext;
import io.changeover.serving.Router;
import io.changeover.serving.Shadow;
import io.changeover.shadow.Sample.Pair;
import io.changeover.shadow.Tally.Counted;
import io.changeover.shadow.Tally.Found;
import io.changeover.shadow.Verdict.Finding;
import io.changeover.stream.OrderedStream;
import io.changeover.view.CanonicalForm;
import io.changeover.view.VersionId;
import io.changeover.view.Versions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shadow reads of this node. A sampled call is put in a short queue and compared by threads of its own; whoever made it
 * notices nothing of that. Safe for use by several threads.
 */
public final class ShadowReads implements Shadow, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ShadowReads.class);

    private static final long CLOSING_SECONDS = 5;

    private final Versions versions;
    private final Router router;
    private final ProjectionStore store;
    private final LongSupplier secret;
    private final BooleanSupplier poolIsBusy;
    private final ShadowOptions options;
    private final String node;
    private final ShadowWitness witness;
    private final ShadowStore kept;
    private final Tally tally;
    private final Latencies latencies = new Latencies();
    private final Looking looking;
    private final ScheduledThreadPoolExecutor clock =
            new ScheduledThreadPoolExecutor(1, new DaemonThreads("changeover-shadow-clock"));
    private final ScheduledThreadPoolExecutor keeper =
            new ScheduledThreadPoolExecutor(1, new DaemonThreads("changeover-shadow-keeper"));
    private final ThreadPoolExecutor threads;
    private final AtomicLong taken = new AtomicLong();
    private volatile boolean failing;
    private @Nullable Masks masks;

    /**
     * Shadow reads that begin at once.
     *
     * @param dataSources data sources of foreign versions by name
     * @param secret what masks are made with, as {@link io.changeover.stream.StoreSecret} has it
     * @param poolIsBusy whether somebody waits for a connection; asked for every sample, so it must answer at once
     * @param node name of this node
     * @param witness is told what becomes of samples
     */
    public ShadowReads(
            Versions versions,
            Router router,
            Projections projections,
            OrderedStream stream,
            ProjectionStore store,
            Function<String, DataSource> dataSources,
            LongSupplier secret,
            BooleanSupplier poolIsBusy,
            ShadowOptions options,
            String node,
            ShadowWitness witness) {
        this.versions = versions;
        this.router = router;
        this.store = store;
        this.secret = secret;
        this.poolIsBusy = poolIsBusy;
        this.options = options;
        this.node = node;
        this.witness = witness;
        this.kept = new ShadowStore(store, options.keptDifferences());
        this.tally = new Tally(options.keptDifferences());
        this.clock.setRemoveOnCancelPolicy(true);
        this.looking = new Looking(
                versions,
                store,
                new Asking(store, clock, options.timeout()),
                new Positions(versions, projections, store, HistoryPages.of(stream), dataSources, options.maxGap()),
                options);
        this.threads = new ThreadPoolExecutor(
                options.threads(),
                options.threads(),
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(options.queue()),
                new DaemonThreads("changeover-shadow"),
                (task, pool) -> leftOut((Judging) task, pool));
        threads.prestartAllCoreThreads(); // or a reader would start them
        long interval = options.flushInterval().toNanos();
        var unused = keeper.scheduleWithFixedDelay(this::flushQuietly, interval, interval, TimeUnit.NANOSECONDS);
    }

    /** A sample that waits for a thread. */
    private final class Judging implements Runnable {

        private final Sample sample;

        Judging(Sample sample) {
            this.sample = sample;
        }

        @Override
        public void run() {
            judge(sample);
        }
    }

    @Override
    public void answered(ReadCall call, int version, int shadow, @Nullable Object answer, long nanos) {
        try {
            Attempt attempt =
                    router.state(call.view()).map(state -> state.latest()).orElse(null);
            if (attempt == null) {
                return; // no changeover, and so no other version
            }
            Pair pair =
                    new Pair(call.view(), attempt.id(), Sample.name(call.method()), attempt.from(), version, shadow);
            latencies.took(pair, version, nanos);
            witness.took(pair.servingId(), nanos);
            if (!Answers.comparable(call.method(), answer)) {
                ended(pair, Outcome.NOT_COMPARABLE);
            } else if (poolIsBusy.getAsBoolean()) {
                ended(pair, Outcome.DROPPED_POOL);
            } else {
                threads.execute(new Judging(new Sample(
                        call, ReaderContext.current().map(ReaderContext::reader).orElse(null), pair, answer)));
            }
        } catch (RuntimeException e) {
            failed(e); // the caller has its answer and is owed nothing else
        }
    }

    private void leftOut(Judging judging, ThreadPoolExecutor pool) {
        ended(judging.sample.pair(), pool.isShutdown() ? Outcome.DROPPED_FAILED : Outcome.DROPPED_QUEUE);
    }

    private void ended(Pair pair, Outcome outcome) {
        tally.count(pair, outcome.text());
        witness.ended(pair.shadowId(), outcome);
    }

    private void judge(Sample sample) {
        Pair pair = sample.pair();
        try {
            if (poolIsBusy.getAsBoolean()) {
                ended(pair, Outcome.DROPPED_POOL);
                return;
            }
            Asked asked = looking.ask(sample);
            if (asked.answered()) {
                latencies.took(pair, pair.shadow(), asked.nanos());
                witness.took(pair.shadowId(), asked.nanos());
            }
            boolean exactly = taken.incrementAndGet() % options.exactEvery() == 0;
            Verdict verdict = looking.judge(sample, asked, exactly);
            Boolean contradicts = verdict.contradicts();
            if (exactly && contradicts != null) {
                tally.count(pair, Tally.FLOOR);
                if (contradicts) {
                    tally.count(pair, Tally.FLOOR_NOISE);
                }
            }
            Finding finding = verdict.finding();
            if (finding != null) {
                // Before it is counted, so that whoever sees the count finds the difference.
                tally.keep(pair, difference(sample, finding));
                finding.kinds().forEach(kind -> tally.count(pair, Tally.KIND + kind));
            }
            ended(pair, verdict.outcome());
            failing = false;
        } catch (NotComparableException e) {
            ended(pair, Outcome.NOT_COMPARABLE);
        } catch (RuntimeException e) {
            ended(pair, Outcome.DROPPED_FAILED);
            failed(e);
        }
    }

    private void failed(RuntimeException e) {
        if (!failing) {
            failing = true;
            LOG.warn(
                    "A shadow read could not be made and is left out; readers are not concerned, further ones are counted",
                    e);
        }
    }

    private ShadowDifference difference(Sample sample, Finding finding) {
        Pair pair = sample.pair();
        CanonicalForm form = versions.get(pair.servingId()).canonical();
        Answers answers = new Answers(form, store.json());
        ShownAnswers shown = new ShownAnswers(
                form,
                Stream.of(pair.servingId(), pair.shadowId())
                        .map(id -> versions.get(id).rows())
                        .toList(),
                answers,
                masks(),
                sample.call().method());
        Standing standing = finding.standing();
        Long serving = standing == null ? null : standing.serving().low();
        Long other = standing == null ? null : standing.shadow().low();
        return new ShadowDifference(
                pair.method(),
                pair.serving(),
                pair.shadow(),
                List.copyOf(finding.kinds()),
                shown.arguments(sample.call().arguments(), finding.older(), finding.newer()),
                finding.olderSize() < 0 ? null : shown.side(finding.olderSize(), finding.older()),
                finding.newerSize() < 0 ? null : shown.side(finding.newerSize(), finding.newer()),
                finding.failure(),
                pair.olderServes() ? serving : other,
                pair.olderServes() ? other : serving,
                node,
                store.clock().instant());
    }

    private synchronized Masks masks() {
        if (masks == null) {
            masks = new Masks(secret.getAsLong());
        }
        return masks;
    }

    /**
     * What was found on all nodes, this one's up to this moment.
     *
     * @param limit greatest number of differences that are listed
     * @throws io.changeover.view.UnknownVersionException when the view is not declared
     * @throws org.springframework.dao.DataAccessException when the database fails; the same call can be made again
     */
    public ShadowReport report(String view, int limit) {
        versions.requireView(view);
        flush();
        Attempt attempt = router.state(view).map(state -> state.latest()).orElse(null);
        if (attempt == null) {
            return report(view, null, Map.of(), List.of());
        }
        return report(view, attempt, kept.counts(view, attempt.id()), kept.differences(view, attempt.id(), limit));
    }

    /**
     * How long two versions took on this node since the step was first asked for here.
     *
     * @param step names the step; another name begins anew
     * @param older number of the one version
     * @param newer number of the other
     */
    public VersionLatencies latencySince(String view, String step, int older, int newer) {
        return latencies.since(view, step, older, newer);
    }

    private ShadowReport report(
            String view, @Nullable Attempt attempt, Map<String, Long> counts, List<ShadowDifference> differences) {
        long same = count(counts, Outcome.SAME);
        long different = count(counts, Outcome.DIFFERENT);
        long noise = count(counts, Outcome.NOISE);
        long inFlight = count(counts, Outcome.IN_FLIGHT);
        long looks = counts.getOrDefault(Tally.FLOOR, 0L);
        Map<String, Long> kinds = new TreeMap<>();
        counts.forEach((outcome, calls) -> {
            if (outcome.startsWith(Tally.KIND)) {
                kinds.put(outcome.substring(Tally.KIND.length()), calls);
            }
        });
        Map<String, Long> dropped = new TreeMap<>();
        for (Outcome outcome : Outcome.values()) {
            if (outcome.dropped() && count(counts, outcome) > 0) {
                dropped.put(outcome.text().substring("dropped-".length()), count(counts, outcome));
            }
        }
        return new ShadowReport(
                view,
                attempt == null ? null : attempt.id(),
                attempt == null ? null : new VersionId(view, attempt.from()).toString(),
                attempt == null ? null : new VersionId(view, attempt.to()).toString(),
                same + different + noise + inFlight,
                same,
                different,
                noise,
                inFlight,
                kinds,
                dropped,
                count(counts, Outcome.NOT_COMPARABLE),
                rate(different, same + different),
                looks,
                rate(counts.getOrDefault(Tally.FLOOR_NOISE, 0L), looks),
                latencies.of(view),
                differences);
    }

    private static long count(Map<String, Long> counts, Outcome outcome) {
        return counts.getOrDefault(outcome.text(), 0L);
    }

    private static @Nullable Double rate(long part, long whole) {
        return whole == 0 ? null : (double) part / whole;
    }

    private void flushQuietly() {
        try {
            flush();
        } catch (RuntimeException e) {
            LOG.warn("What shadow reads have found could not be written; it is kept and written later", e);
        }
    }

    /** Writes what was found, and forgets nothing of it where that fails. */
    private synchronized void flush() {
        List<Found> found = tally.takeFound();
        if (!found.isEmpty()) {
            try {
                kept.keep(found);
            } catch (RuntimeException e) {
                tally.putBack(found);
                throw e;
            }
        }
        Map<Counted, Long> counts = tally.takeCounts();
        if (!counts.isEmpty()) {
            try {
                kept.add(counts);
            } catch (RuntimeException e) {
                counts.forEach(tally::add);
                throw e;
            }
        }
    }

    /** Takes no further samples, counts those that wait as left out, and writes what was found. */
    @Override
    public void close() {
        threads.shutdown();
        List<Runnable> waiting = new ArrayList<>();
        threads.getQueue().drainTo(waiting);
        waiting.forEach(task -> leftOut((Judging) Objects.requireNonNull(task), threads));
        try {
            if (!threads.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
        keeper.shutdownNow();
        clock.shutdownNow();
        flushQuietly();
    }
}
