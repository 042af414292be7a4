package io.changeover.backfill;

import io.changeover.backfill.Member.Wish;
import io.changeover.event.StoredEvent;
import io.changeover.projection.CopyPace;
import io.changeover.projection.HistoryFolding.Snapshot;
import io.changeover.stream.HistoryOutline;
import io.changeover.trace.LogFields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.jspecify.annotations.Nullable;

/**
 * One reading of history for some versions, from the lowest of their positions to the horizon. The calling thread reads;
 * others parse and fold; one more writes, while the rest goes on. A checkpoint is begun at half of the work that a crash
 * may cost, because as much may still be being written.
 */
final class Reading {

    /** A COPY is not kept waiting: its snapshot, or its transaction, is to be short. */
    private static final class Cut extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private Cut() {
            super("waited for too long", null, false, false);
        }
    }

    /** What has become of a version's checkpoint. */
    private enum Commit {
        DONE,
        REFUSED,
        FAILED
    }

    /** How a reading has come to its end. */
    enum End {
        /** Everything up to the horizon is folded and committed. */
        AT_HORIZON,
        /** Somebody wants something; everything that was folded is committed. */
        STOPPED,
        /** A version's checkpoint was not committed, so all must go back to where they stand. */
        REFUSED
    }

    private static final long STRETCH_POSITIONS = 262_144;
    private static final long LEAST_STRETCH_EVENTS = 1_024;
    private static final long GREATEST_STRETCH_EVENTS = 65_536;
    private static final double STRETCH_SECONDS = 0.25;
    private static final double CHUNK_SECONDS = 0.02;
    private static final int LEAST_CHUNK_EVENTS = 100;
    private static final long RECENT_NANOS = 1_000_000_000L;
    private static final int CHUNK_BYTES = 1 << 20;
    private static final int BESIDE_THE_PAYLOAD = 160;
    private static final long PATIENCE_MILLIS = 1_000;
    private static final Duration LONGEST_REST = Duration.ofSeconds(5);

    private final Engine engine;
    private final List<Member> members;
    private final Stages stages;
    private final Pipeline pipeline;
    private final long horizon;
    private final BooleanSupplier disturbed;
    private final Set<String> names = new HashSet<>();
    private final Rate eventRate = new Rate();

    private List<StoredEvent> open = new ArrayList<>();
    private int openBytes;
    private volatile long position;
    private int chunkSize;
    private long bytesAtRisk;
    private long snapshotNanos = System.nanoTime();
    private long waitedNanos;
    private @Nullable Future<List<Commit>> writing;

    /** @param disturbed whether somebody waits for the reading to stop at a checkpoint */
    Reading(Engine engine, List<Member> members, long horizon, Stages stages, BooleanSupplier disturbed) {
        this.engine = engine;
        this.members = List.copyOf(members);
        this.horizon = horizon;
        this.stages = stages;
        this.disturbed = disturbed;
        this.pipeline = engine.pipeline(this.members, stages, disturbed);
        members.forEach(member -> names.addAll(member.wanted()));
        this.chunkSize = chunkEvents();
        this.position = members.stream()
                .mapToLong(member -> member.folding().committed())
                .min()
                .orElse(horizon);
    }

    List<Member> members() {
        return members;
    }

    /** Position up to which events were taken. */
    long position() {
        return position;
    }

    /**
     * Reads on until the horizon, or until somebody wants something.
     *
     * @throws BackfillFailedException when an event could not be worked on for a reason that is not the event's own
     */
    End run() throws InterruptedException {
        try {
            if (disturbed.getAsBoolean() || isHopeless()) {
                return End.STOPPED;
            }
            HistoryOutline outline = engine.inventory().outline(position, horizon, names);
            for (int first = 0; first < outline.blocks().size(); ) {
                int last = outline.stretch(first, STRETCH_POSITIONS, stretchEvents());
                position = Math.max(position, outline.blocks().get(first).first() - 1);
                End end = read(outline.blocks().get(last).last());
                if (end != null) {
                    return end;
                }
                first = last + 1;
            }
            position = horizon;
            return checkpoint(true) ? End.AT_HORIZON : End.REFUSED;
        } finally {
            awaitEndOfWriting();
        }
    }

    /** So many that a stretch takes a fraction of a second, whatever holds the work back; few while that is unknown. */
    private long stretchEvents() {
        long lately = (long) (eventRate.perSecond(RECENT_NANOS) * STRETCH_SECONDS);
        return Math.max(LEAST_STRETCH_EVENTS, Math.min(GREATEST_STRETCH_EVENTS, lately));
    }

    /** Likewise, as several chunks are under way at once, and a checkpoint has to wait for all of them. */
    private int chunkEvents() {
        long lately = (long) (eventRate.perSecond(RECENT_NANOS) * CHUNK_SECONDS);
        return (int) Math.min(engine.options().chunkEvents(), Math.max(LEAST_CHUNK_EVENTS, lately));
    }

    private @Nullable End read(long last) throws InterruptedException {
        while (position < last) {
            long start = System.nanoTime();
            long waited = waitedNanos;
            try {
                engine.stream().history(position, last, names, this::take);
                position = last;
            } catch (Cut e) {
                submit(Long.MAX_VALUE);
            } finally {
                stages.read().addAndGet(System.nanoTime() - start - (waitedNanos - waited));
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            long now = System.nanoTime();
            eventRate.sample(now, pipeline.folded());
            members.forEach(Member::sample);
            boolean stop = disturbed.getAsBoolean() || isHopeless();
            if (stop || isDue(now)) {
                if (!checkpoint(stop)) {
                    return End.REFUSED;
                }
                if (stop) {
                    return End.STOPPED;
                }
            }
        }
        return null;
    }

    private void take(StoredEvent event) {
        if (open.size() >= chunkSize || openBytes >= CHUNK_BYTES) {
            try {
                if (!submit(PATIENCE_MILLIS)) {
                    throw new Cut();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Cut();
            }
        }
        open.add(event);
        openBytes += event.payload().length + event.metadata().length + BESIDE_THE_PAYLOAD;
        position = event.position();
    }

    private boolean submit(long patienceMillis) throws InterruptedException {
        if (open.isEmpty()) {
            return true;
        }
        long start = System.nanoTime();
        try {
            if (!pipeline.submit(open, patienceMillis, TimeUnit.MILLISECONDS)) {
                return false;
            }
        } finally {
            waitedNanos += System.nanoTime() - start;
        }
        bytesAtRisk += openBytes;
        chunkSize = chunkEvents();
        open = new ArrayList<>(chunkSize);
        openBytes = 0;
        return true;
    }

    private boolean isDue(long now) {
        long interval = engine.options().checkpointInterval().toNanos();
        return now - snapshotNanos >= interval / 2
                || bytesAtRisk >= engine.options().checkpointBytes() / 2
                || members.stream().anyMatch(member -> member.folding().bytesInMemory() > fill());
    }

    /** Rows take this much before some leave memory. */
    private long fill() {
        return engine.memoryOfEach() / 4 * 3;
    }

    private boolean isHopeless() {
        return members.stream()
                .anyMatch(
                        member -> member.folding().letters() > engine.options().maxDeadLetters());
    }

    /**
     * Begins to commit everything that was read so far, once what was begun before is committed.
     *
     * @param wait whether to wait until it is committed
     * @return false when a version could not be committed, so that everybody has to go back to where he stands
     */
    private boolean checkpoint(boolean wait) throws InterruptedException {
        submit(Long.MAX_VALUE);
        pipeline.drain();
        if (!awaitWriting()) {
            return false;
        }
        boolean full = false;
        for (Member member : members) {
            if (member.folding().bytesInMemory() > fill()) {
                // All but what has changed since the last snapshot is committed and may go.
                member.folding().evict(engine.memoryOfEach() / 2);
                full |= member.folding().bytesInMemory() > fill();
            }
        }
        List<Snapshot> snapshots =
                members.stream().map(member -> member.folding().snapshot()).toList();
        long upTo = position;
        snapshotNanos = System.nanoTime();
        bytesAtRisk = 0;
        writing = engine.writers().submit(() -> commit(snapshots, upTo));
        if (!wait && !full) {
            return true;
        }
        boolean committed = awaitWriting();
        if (committed && full) {
            members.stream()
                    .filter(member -> member.folding().bytesInMemory() > fill())
                    .forEach(member -> member.folding().evict(engine.memoryOfEach() / 2));
        }
        return committed;
    }

    private List<Commit> commit(List<Snapshot> snapshots, long upTo) {
        List<Commit> commits = new ArrayList<>();
        for (int i = 0; i < snapshots.size(); i++) {
            Member member = members.get(i);
            if (upTo <= member.folding().committed() || member.isLost()) {
                commits.add(Commit.DONE); // ahead of the others when they were joined, or none of this node's any more
                continue;
            }
            long start = System.nanoTime();
            LogFields fields = LogFields.of(member.version()).upTo(upTo);
            try {
                boolean done = member.folding().commit(snapshots.get(i), upTo, pace());
                if (done) {
                    member.trace().checkpoint(upTo);
                }
                commits.add(done ? Commit.DONE : Commit.REFUSED);
            } catch (UnableToClaimTokenException e) {
                member.lost(e);
                commits.add(Commit.FAILED);
            } catch (RuntimeException e) {
                member.failed(e);
                commits.add(Commit.FAILED);
            } finally {
                fields.close();
                stages.write().addAndGet(System.nanoTime() - start);
                engine.governor().idle();
            }
        }
        return commits;
    }

    /** Between the rows of a checkpoint the writer rests like everybody, but no stop may keep its transaction open. */
    private CopyPace pace() {
        return new CopyPace() {
            private long since = System.nanoTime();
            private boolean hurries;

            @Override
            public void copied(int rows) {
                if (!hurries) {
                    try {
                        engine.governor().pace(System.nanoTime() - since, 0, LONGEST_REST, this::hurry);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        hurries = true;
                    } catch (Cut e) {
                        hurries = true;
                    }
                    since = System.nanoTime();
                }
            }

            private void hurry() {
                throw new Cut();
            }
        };
    }

    private boolean awaitWriting() throws InterruptedException {
        Future<List<Commit>> begun = writing;
        if (begun == null) {
            return true;
        }
        try {
            List<Commit> commits = begun.get();
            writing = null;
            return commits.stream().allMatch(commit -> commit == Commit.DONE);
        } catch (ExecutionException e) {
            writing = null;
            throw new BackfillFailedException(String.valueOf(e.getCause()), e);
        }
    }

    /** Nobody may touch the rows again before the writer has let go of them, also when the node stops. */
    private void awaitEndOfWriting() {
        Future<List<Commit>> begun = writing;
        boolean interrupted = false;
        while (begun != null && !begun.isDone()) {
            try {
                begun.get();
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException e) {
                break; // what stopped the reading is told; this came after it
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The stage that has taken most of the time of those that can do it. */
    String bottleneck(long loadNanos) {
        double workers = engine.options().workers();
        double fold = Math.max(0, stages.fold().get() - loadNanos) / workers;
        String name = "read";
        double most = stages.read().get();
        for (Share share : List.of(
                new Share("parse", stages.parse().get() / workers),
                new Share("fold", fold),
                new Share("load", loadNanos / workers),
                new Share("write", stages.write().get()))) {
            if (share.nanos() > most) {
                name = share.stage();
                most = share.nanos();
            }
        }
        return name;
    }

    private record Share(String stage, double nanos) {}

    /** Versions of which somebody wants something, or that cannot go on. */
    List<Member> leaving() {
        return members.stream()
                .filter(member -> member.wish() != Wish.GO_ON
                        || member.isOver()
                        || member.folding().letters() > engine.options().maxDeadLetters())
                .toList();
    }
}
