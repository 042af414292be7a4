package io.changeover.freshness;

import io.changeover.projection.DaemonThreads;
import io.changeover.projection.ProjectionStore;
import io.changeover.projection.Projections;
import io.changeover.projection.VersionStates;
import io.changeover.serving.FreshRead;
import io.changeover.serving.Freshness;
import io.changeover.serving.ReadPosition;
import io.changeover.stream.OrderedStream;
import io.changeover.view.VersionId;
import io.changeover.view.Versions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Holds readers to positions by the tokens of the versions' processors, which are written in one transaction with the
 * rows. Safe for use by several threads.
 */
public final class ProjectionFreshness implements Freshness, AutoCloseable {

    private final Sight sight;
    private final FreshnessOptions options;
    private final ExecutorService looks;
    private final Map<VersionId, Watch> watches = new ConcurrentHashMap<>();

    /** The store reaches at least to here; saves asking for its end. */
    private final AtomicLong knownHead = new AtomicLong();

    /** Freshness of the versions of the projections, which lie in the store's database. */
    public ProjectionFreshness(
            Versions versions,
            Projections projections,
            VersionStates states,
            OrderedStream stream,
            ProjectionStore store,
            FreshnessOptions options) {
        this(new ProjectionSight(versions, projections, states, stream, store.transactions()), options);
    }

    ProjectionFreshness(Sight sight, FreshnessOptions options) {
        this.sight = sight;
        this.options = options;
        this.looks = Executors.newCachedThreadPool(new DaemonThreads("changeover-freshness"));
    }

    /**
     * {@inheritDoc}
     *
     * @throws ReadBehindException when no version can answer in time
     * @throws UnwrittenPositionException when the store has never reached the position
     * @throws IllegalStateException when the surrounding transaction may read an older state than there is now
     */
    @Override
    public int answering(FreshRead read) {
        long wanted = read.after().last();
        if (wanted == 0) {
            return read.version(); // which is only to be told a position
        }
        requireNoSnapshot(read);
        List<Watch> watched = Stream.concat(Stream.of(read.version()), read.instead().stream())
                .map(version -> watch(new VersionId(read.view(), version)))
                .toList();
        if (watched.get(0).claim() >= wanted) {
            return read.version();
        }
        try {
            return answering(read.after(), watched, options.patienceOf(read.patience()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ReadBehindException.timedOut(
                    watched.get(0).version(), wanted, reached(watched.get(0)), Duration.ZERO);
        }
    }

    private int answering(ReadPosition after, List<Watch> watched, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        // Whoever does not want to wait at all still wants to know where the versions stand.
        long firstLooks =
                Math.max(deadline, System.nanoTime() + options.patience().toNanos());
        ReadBehindException hopeless = null;
        Watch pacing = null; // none before it is known where each of them stands
        while (true) {
            List<Watch> hopeful = new ArrayList<>();
            for (Watch watch : watched) {
                Look look = pacing == null
                        ? watch.next(firstLooks)
                        : watch == pacing ? watch.later(deadline) : watch.next(deadline);
                if (look == null) {
                    continue;
                }
                Finding finding = find(watch.version(), look, after);
                if (finding.reached()) {
                    return watch.version().version();
                }
                if (finding.hopeless() == null) {
                    hopeful.add(watch);
                }
                if (watch == watched.get(0)) {
                    hopeless = finding.hopeless();
                    if (pacing == null) {
                        requireWritten(after.last());
                    }
                }
            }
            if (hopeful.isEmpty() || System.nanoTime() >= deadline) {
                throw hopeless != null
                        ? hopeless
                        : ReadBehindException.timedOut(
                                watched.get(0).version(), after.last(), reached(watched.get(0)), patience);
            }
            pacing = hopeful.get(0);
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>What lets the answer count is that the version, looked at after it, follows and has come as far as the reader
     * asked: positions only grow unless a version is taken away, so it had come that far when it answered.
     *
     * @throws ReadBehindException when the version was taken away since it was found to have come far enough
     */
    @Override
    public ReadPosition shown(String view, int version, ReadPosition after) {
        VersionId id = new VersionId(view, version);
        if (sight.foreign(id)) {
            return after;
        }
        Watch watch = watch(id);
        try {
            Look look = watch.next(System.nanoTime() + options.maxPatience().toNanos());
            if (look == null) {
                throw ReadBehindException.timedOut(id, after.last(), reached(watch), options.maxPatience());
            }
            Finding finding = after.last() == 0 ? Finding.REACHED : find(id, look, after);
            if (finding.hopeless() != null) {
                throw finding.hopeless();
            }
            if (!finding.reached()) {
                throw ReadBehindException.rebuilding(
                        id,
                        after.last(),
                        look.low(),
                        "was built anew while it was asked and is at an earlier position");
            }
            return ReadPosition.at(Math.max(look.high(), 0));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ReadBehindException.timedOut(id, after.last(), reached(watch), Duration.ZERO);
        }
    }

    /** What a look says to a reader: that the version answers, or else whether there is a point in waiting. */
    private record Finding(boolean reached, @Nullable ReadBehindException hopeless) {

        static final Finding REACHED = new Finding(true, null);
        static final Finding BEHIND = new Finding(false, null);
    }

    private Finding find(VersionId id, Look look, ReadPosition after) {
        long wanted = after.last();
        if (sight.foreign(id)) {
            return failed(id, look, wanted, "it is maintained by somebody else, and how far it has come is not known");
        }
        if (!look.follows()) {
            return new Finding(false, notFollowing(id, look, wanted));
        }
        if (look.low() < wanted) {
            String failure = look.failure();
            return failure == null
                    ? Finding.BEHIND
                    : failed(
                            id,
                            look,
                            wanted,
                            "it is at position %d and has stopped: %s; mend that, then ask again"
                                    .formatted(look.low(), failure));
        }
        knownHead.accumulateAndGet(look.low(), Math::max);
        if (look.letters() && sight.parked(id, after.first(), wanted)) {
            return failed(
                    id,
                    look,
                    wanted,
                    "an event from position %d to %d waits as a dead letter, so its rows do not show it; list the dead letters and retry them"
                            .formatted(after.first(), wanted));
        }
        return Finding.REACHED;
    }

    private static Finding failed(VersionId id, Look look, long wanted, String why) {
        return new Finding(false, ReadBehindException.failed(id, wanted, look.low(), why));
    }

    private static ReadBehindException notFollowing(VersionId id, Look look, long wanted) {
        if (look.stage() == null) {
            return ReadBehindException.rebuilding(id, wanted, look.low(), "was never built");
        }
        return switch (look.stage()) {
            case BACKFILLING -> ReadBehindException.rebuilding(id, wanted, look.low(), "is being built");
            case PAUSED ->
                ReadBehindException.rebuilding(id, wanted, look.low(), "is not finished and its building is paused");
            case CANCELLED ->
                ReadBehindException.rebuilding(id, wanted, look.low(), "was cancelled and has to be built again");
            case PURGED -> ReadBehindException.rebuilding(id, wanted, look.low(), "was given up and is not followed");
            case FAILED, INCOMPLETE, LIVE ->
                ReadBehindException.failed(
                        id,
                        wanted,
                        look.low(),
                        "its backfill has failed: %s; mend that and resume it".formatted(look.failure()));
        };
    }

    private void requireWritten(long wanted) {
        if (wanted <= knownHead.get()) {
            return;
        }
        long head = knownHead.accumulateAndGet(sight.head(), Math::max);
        if (wanted > head) {
            throw new UnwrittenPositionException(wanted, head);
        }
    }

    /** A snapshot that was taken before the version came far enough goes on showing what was there then. */
    private static void requireNoSnapshot(FreshRead read) {
        Integer isolation = TransactionSynchronizationManager.getCurrentTransactionIsolationLevel();
        if (isolation != null && isolation >= TransactionDefinition.ISOLATION_REPEATABLE_READ) {
            throw new IllegalStateException(
                    "View '%s' was read after position %s in a transaction with isolation %s, which goes on showing what there was when it began; read it outside the transaction, or with READ_COMMITTED"
                            .formatted(
                                    read.view(),
                                    read.after(),
                                    isolation == TransactionDefinition.ISOLATION_SERIALIZABLE
                                            ? "SERIALIZABLE"
                                            : "REPEATABLE_READ"));
        }
    }

    private static long reached(Watch watch) {
        Look last = watch.last();
        return last == null ? 0 : last.low();
    }

    private Watch watch(VersionId id) {
        Watch watch = watches.get(id);
        return watch != null
                ? watch
                : watches.computeIfAbsent(
                        id, version -> new Watch(version, () -> sight.look(version), looks, options.pollInterval()));
    }

    /** Ends all looks; whoever waits is told so. */
    @Override
    public void close() {
        looks.shutdownNow();
    }
}
