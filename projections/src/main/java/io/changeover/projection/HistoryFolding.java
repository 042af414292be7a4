package io.changeover.projection;

import io.changeover.projection.Folding.HomeWork;
import io.changeover.projection.WorkingSet.Changes;
import io.changeover.upcast.EventReader;
import io.changeover.view.FoldedVersion;
import io.changeover.view.VersionId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;

/**
 * Builds the rows of one version from history: folds in memory and, at each checkpoint, commits rows, letters and token
 * together. The rows are kept in partitions by their home, so that as many threads can fold at once.
 *
 * <p>{@link #prepare} may be called by any number of threads, {@link #fold} by one at a time for each partition with the
 * batches in their order, {@link #snapshot} and {@link #evict} only while nothing folds, and {@link #commit} by one thread
 * at a time, also while others fold on. The claim on the tokens keeps other nodes away.
 */
public final class HistoryFolding {

    /** What some events do to the rows, prepared for each partition. */
    public static final class Batch {

        private final List<List<HomeWork>> byPartition;
        private long events;

        private Batch(int partitions) {
            this.byPartition = Stream.generate(() -> (List<HomeWork>) new ArrayList<HomeWork>())
                    .limit(partitions)
                    .toList();
        }

        /** How many of the events concern the version and are new to it, also those of other nodes' segments. */
        public long events() {
            return events;
        }
    }

    /** Everything that is to be written at a checkpoint. */
    public static final class Snapshot {

        private final Changes changes;
        private final List<Letter> letters;

        private Snapshot(Changes changes, List<Letter> letters) {
            this.changes = changes;
            this.letters = letters;
        }
    }

    private static final class Partition {

        private final WorkingSet set;
        /** Whether what is not in memory does not exist, so that nothing need be looked up. */
        private boolean complete;

        private Partition(WorkingSet set, boolean complete) {
            this.set = set;
            this.complete = complete;
        }
    }

    private final FoldedVersion version;
    private final Folding folding;
    private final EventReader reader;
    private final VersionStorage storage;
    private final ProjectionStore store;
    private final ProjectionOptions options;
    private final int partitionCount;
    private final Map<String, String> refused = new HashMap<>();
    private final AtomicLong letters = new AtomicLong();
    private final AtomicLong loadNanos = new AtomicLong();

    /** Held while claims are extended or given back, since what is extended after that is claimed once more. */
    private final Object claims = new Object();

    private volatile List<Partition> partitions = List.of();
    private volatile Share share = Share.NONE;
    private volatile boolean held;
    private boolean keyed;

    HistoryFolding(
            FoldedVersion version,
            Folding folding,
            EventReader reader,
            VersionStorage storage,
            ProjectionStore store,
            ProjectionOptions options,
            int partitions) {
        this.version = version;
        this.folding = folding;
        this.reader = reader;
        this.storage = storage;
        this.store = store;
        this.options = options;
        this.partitionCount = partitions;
    }

    /** The version that is built. */
    public VersionId version() {
        return version.id();
    }

    /** Those of the names under which events are stored that some fold may handle. */
    public Set<String> wanted(Collection<String> storedNames) {
        return storedNames.stream()
                .filter(name -> reader.mayBecomeOneOf(name, version.eventNames()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Makes the table and the tokens of a version that has none. */
    public void make() {
        String name = version.id().toString();
        TokenStore tokens = store.tokens();
        store.transactions().executeWithoutResult(transaction -> {
            storage.table().createWithoutKey(store.jdbc()); // by one node at a time, and so the tokens are made once
            if (tokens.fetchSegments(name).length == 0) {
                tokens.initializeTokenSegments(name, options.segments(), new GlobalSequenceTrackingToken(0));
            }
        });
    }

    /**
     * Claims segments of the version; only their homes are folded.
     *
     * @param wanted the segments, at least one
     * @param all whether a part of them is of no use
     * @return position that is committed in all of them, from which to go on
     * @throws UnableToClaimTokenException when another node holds the claims; a retry helps once that node is done or dead
     * @throws RowTableMismatchException when the row record has changed since the version was begun
     */
    public long begin(Collection<Segment> wanted, boolean all) {
        Map<Segment, Long> claimed = new HashMap<>();
        UnableToClaimTokenException elsewhere = null;
        for (Segment segment : wanted) {
            try {
                claimed.put(segment, claim(segment));
            } catch (UnableToClaimTokenException e) {
                elsewhere = e;
                if (all) {
                    break;
                }
            }
        }
        int segments = store.tokens().fetchSegments(version.id().toString()).length;
        share = new Share(claimed, claimed.size() == segments);
        held = true;
        if (elsewhere != null && (all || claimed.isEmpty())) {
            release();
            throw elsewhere;
        }
        keyed = share.high() > 0;
        store.transactions().executeWithoutResult(transaction -> {
            if (keyed) {
                storage.table().createKey(store.jdbc());
            } else if (share.whole()) {
                // Nothing was ever committed, so whatever lies there came from elsewhere.
                storage.table().empty(store.jdbc());
                storage.deadLetters().removeAll(version.id());
            }
        });
        try {
            extendClaims(); // which may have lapsed if a key of many rows had to be made
        } catch (UnableToClaimTokenException e) {
            release();
            throw e;
        }
        letters.set(storage.deadLetters().count(version.id()));
        reset();
        return share.low();
    }

    private long claim(Segment segment) {
        Long position = store.transactions().execute(transaction -> {
            TrackingToken token = store.tokens().fetchToken(version.id().toString(), segment);
            return token == null ? 0 : token.position().orElse(0);
        });
        return position == null ? 0 : position;
    }

    /** How many segments this node builds. */
    public int segments() {
        return share.segments().size();
    }

    /** Whether no other node may build any of it. */
    public boolean isWhole() {
        return share.whole();
    }

    /**
     * Gives some segments to whoever wants them. Everything that was folded must be committed.
     *
     * @param count how many, fewer than there are
     */
    public void giveUp(int count) {
        Share before = share;
        List<Segment> given = before.segments().stream()
                .sorted(Comparator.reverseOrder())
                .limit(count)
                .toList();
        Share left = before.without(given);
        for (Partition partition : partitions) {
            partition.set.keepOnly(left::holds);
        }
        synchronized (claims) {
            share = left;
            release(given);
        }
    }

    /** Drops everything that is not committed; folding must go on from there. */
    public void reset() {
        partitions = IntStream.range(0, partitionCount)
                .mapToObj(i -> new Partition(new WorkingSet(version, refused), share.high() == 0))
                .toList();
    }

    /** Position up to which rows, letters and token of this node's segments are committed. */
    public long committed() {
        return share.low();
    }

    /**
     * Tells what the events do to the rows.
     *
     * @param wanted names of stored events that concern this version; all others are passed over
     */
    public Batch prepare(List<ReadEvent> events, Set<String> wanted) {
        Batch batch = new Batch(partitionCount);
        Share mine = share;
        boolean even = mine.isEven();
        long done = mine.low();
        for (ReadEvent event : events) {
            if (event.stored().position() > done
                    && wanted.contains(event.stored().name())) {
                batch.events++;
                long position = event.stored().position();
                folding.prepare(event, work -> {
                    if (even || mine.lacks(work.home().toString(), position)) {
                        batch.byPartition.get(partition(work)).add(work);
                    }
                });
            }
        }
        return batch;
    }

    private int partition(HomeWork work) {
        if (partitionCount == 1) {
            return 0;
        }
        // By the text, because that is how the events of an unreadable one's aggregate find the letter.
        int hash = work.home().toString().hashCode();
        return Math.floorMod(hash ^ hash >>> 16, partitionCount);
    }

    /** Folds what belongs to the partition. */
    public void fold(Batch batch, int number) {
        Partition partition = partitions.get(number);
        List<HomeWork> works = batch.byPartition.get(number);
        if (works.isEmpty()) {
            return;
        }
        if (!partition.complete) {
            Set<Object> unknown = Folding.unknown(works, partition.set);
            if (!unknown.isEmpty()) {
                long start = System.nanoTime();
                storage.load(partition.set, unknown);
                loadNanos.addAndGet(System.nanoTime() - start);
            }
        }
        int before = partition.set.letters().size();
        for (HomeWork work : works) {
            folding.fold(work, partition.set);
        }
        letters.addAndGet(partition.set.letters().size() - before);
    }

    /** Time spent on reading rows back, in nanoseconds. */
    public long loadNanos() {
        return loadNanos.get();
    }

    /** Events that wait as dead letters, committed or not. */
    public long letters() {
        return letters.get();
    }

    /** The cause of the first letter that waits for nothing but itself, or of any. */
    public String firstCause() {
        return partitions.stream()
                .flatMap(partition -> partition.set.letters().stream())
                .findFirst()
                .map(letter -> "position %d: %s".formatted(letter.event().position(), letter.cause()))
                .orElseGet(() -> storage.deadLetters().list(version.id(), 1).stream()
                        .findFirst()
                        .map(parked ->
                                "position %d: %s".formatted(parked.event().position(), parked.cause()))
                        .orElse("none"));
    }

    /** Rows held in memory. */
    public long rowsInMemory() {
        return partitions.stream().mapToLong(partition -> partition.set.size()).sum();
    }

    /** Estimate of the memory that they take, in bytes. */
    public long bytesInMemory() {
        return partitions.stream().mapToLong(partition -> partition.set.bytes()).sum();
    }

    /** Takes everything that has changed since the last snapshot; it counts as stored from here on. */
    public Snapshot snapshot() {
        Snapshot snapshot = new Snapshot(Changes.none(), new ArrayList<>());
        for (Partition partition : partitions) {
            partition.set.addChanges(snapshot.changes);
            snapshot.letters.addAll(partition.set.letters());
            partition.set.written();
        }
        return snapshot;
    }

    /**
     * Commits a snapshot.
     *
     * @param position position up to which events were folded into it
     * @param pace told how far the writing has come
     * @return false when the database has refused a row: nothing was written, the homes of such rows will be parked, and
     *     folding must be {@link #reset} and go on from the position that is {@link #committed}
     */
    public boolean commit(Snapshot snapshot, long position, CopyPace pace) {
        if (!keyed
                && !(snapshot.changes.changed().isEmpty()
                        && snapshot.changes.deleted().isEmpty())) {
            createKey();
        }
        Map<String, String> culprits =
                Objects.requireNonNull(store.transactions().execute(transaction -> {
                    storeToken(position);
                    Map<String, String> found = storage.write(snapshot.changes, snapshot.letters, pace);
                    if (!found.isEmpty()) {
                        transaction.setRollbackOnly();
                    }
                    return found;
                }));
        if (!culprits.isEmpty()) {
            refused.putAll(culprits);
            letters.set(storage.deadLetters().count(version.id()));
            return false;
        }
        share = share.upTo(position);
        return true;
    }

    private void createKey() {
        store.transactions().executeWithoutResult(transaction -> storage.table().createKey(store.jdbc()));
        keyed = true;
    }

    /**
     * Frees memory by dropping committed rows; they are read back when they are needed. Everything that was taken by a
     * {@link #snapshot} must have been committed.
     *
     * @param goal estimate of bytes to come down to
     */
    public void evict(long goal) {
        if (!keyed) {
            createKey();
        }
        for (Partition partition : partitions) {
            if (partition.set.evict(goal / partitionCount)) {
                partition.complete = false;
            }
        }
    }

    /** Builds keys, indexes and statistics. */
    public void buildIndexes() {
        reset();
        storage.table().createKey(store.jdbc());
        storage.table().createIndexes(store.jdbc());
    }

    /** Keeps the claims while nothing is committed for long. Does nothing once they are given back. */
    public void extendClaims() {
        synchronized (claims) {
            if (!held) {
                return;
            }
            store.transactions().executeWithoutResult(transaction -> share.segments()
                    .forEach(segment -> store.tokens().extendClaim(version.id().toString(), segment.getSegmentId())));
        }
    }

    /** Gives the claims back. */
    public void release() {
        synchronized (claims) {
            held = false;
            release(share.segments());
        }
    }

    private void release(Collection<Segment> given) {
        store.transactions()
                .executeWithoutResult(transaction -> given.forEach(
                        segment -> store.tokens().releaseClaim(version.id().toString(), segment.getSegmentId())));
    }

    private void storeToken(long position) {
        share.upTo(position).positions().forEach((segment, reached) -> store.tokens()
                .storeToken(
                        new GlobalSequenceTrackingToken(reached), version.id().toString(), segment.getSegmentId()));
    }
}
