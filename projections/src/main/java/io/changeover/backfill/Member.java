package io.changeover.backfill;

import io.changeover.backfill.BackfillProgress.State;
import io.changeover.projection.HistoryFolding;
import io.changeover.projection.VersionState.Stage;
import io.changeover.view.VersionId;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One version that is being built: what is to be done, what is done, and what a person has asked of it. */
final class Member {

    /** What a person may ask of a backfill that runs. */
    enum Wish {
        /** Go on. */
        GO_ON,
        /** Commit, and stop. */
        PAUSE,
        /** Stop, and remove what was built. */
        CANCEL,
        /** Commit, and stop, since another node has stopped the whole. */
        LEAVE
    }

    private static final long ASK_NANOS = 1_000_000_000L;
    private static final long SHORT_NANOS = 800_000_000L;

    private final VersionId version;
    private final HistoryFolding folding;
    private final BackfillTrace trace;
    private final CompletableFuture<Long> result = new CompletableFuture<>();
    private final long startedNanos = System.nanoTime();
    private final AtomicLong done = new AtomicLong();
    private final Rate rate = new Rate();
    private volatile Wish wish = Wish.GO_ON;
    private volatile State state = State.STARTING;
    private volatile Set<String> wanted = Set.of();
    private volatile long start;
    private volatile long horizon;
    private volatile long total;
    private volatile long repeated;
    private volatile long doneBefore;
    private volatile long endedNanos;
    private volatile boolean lost;
    private volatile int surplus;
    private @Nullable Stage seen;
    private boolean joined;
    private boolean part;
    private boolean asked;
    private long askedNanos = System.nanoTime() - ASK_NANOS;
    private volatile @Nullable String failure;
    private volatile Supplier<StageTimes> stages = StageTimes::none;
    private volatile Supplier<String> bottleneck = () -> "";
    private volatile int together = 1;

    /** @param seen where the version stood when it was asked for, or null when it was not begun */
    Member(VersionId version, @Nullable Stage seen, HistoryFolding folding, BackfillTrace trace) {
        this.version = version;
        this.seen = seen;
        this.trace = trace;
        var unused = result.whenComplete(
                (position, failure) -> trace.end(state.name().toLowerCase(Locale.ROOT), failure));
        this.folding = folding;
    }

    VersionId version() {
        return version;
    }

    HistoryFolding folding() {
        return folding;
    }

    BackfillTrace trace() {
        return trace;
    }

    CompletableFuture<Long> result() {
        return result;
    }

    Set<String> wanted() {
        return wanted;
    }

    long horizon() {
        return horizon;
    }

    /** The claim is held and the work is known. */
    void begun(long from, long upTo, Set<String> names) {
        start = from;
        horizon = upTo;
        wanted = names;
    }

    /** How much there is to do, and how much of it was done before. */
    void measured(long all, long before, long again) {
        total = all;
        done.set(before);
        doneBefore = before;
        repeated = again;
        state = State.RUNNING;
    }

    /** Where the figures of the reading are that the version is part of now. */
    void partOf(Supplier<StageTimes> times, Supplier<String> slowest, int versions) {
        stages = times;
        bottleneck = slowest;
        together = versions;
    }

    /** It is or was being built when this node came to it, so that who stops the whole stops this node too. */
    void joined() {
        joined = true;
    }

    /** Where the version was seen to stand last, or null when it was not begun. */
    @Nullable
    Stage seen() {
        return seen;
    }

    boolean isSeenStopped() {
        return seen != null && seen.isStopped();
    }

    void seen(@Nullable Stage stage) {
        seen = stage;
    }

    /** A part of it is built by this node. */
    void partDone() {
        part = true;
        state = State.STARTING;
    }

    boolean hasPart() {
        return part;
    }

    boolean hasJoined() {
        return joined;
    }

    /** Whether this node is to ask others for a part again. */
    boolean isToAsk() {
        long now = System.nanoTime();
        if (now - askedNanos < ASK_NANOS) {
            return false;
        }
        askedNanos = now;
        asked = true;
        return true;
    }

    /** Whether this node has asked others for a part. */
    boolean hasAsked() {
        return asked;
    }

    /** Others ask for so many of its segments. */
    void surplus(int segments) {
        surplus = segments;
    }

    int surplus() {
        return surplus;
    }

    void folded(long events) {
        done.addAndGet(events);
    }

    /** Work that was not committed is lost and will be done again. */
    void backTo(long before) {
        done.set(before);
        rate.clear();
    }

    long done() {
        return done.get();
    }

    synchronized void sample() {
        rate.sample(System.nanoTime(), done.get());
    }

    synchronized void wish(Wish next) {
        wish = next;
    }

    /** Somebody has stopped it elsewhere; what is asked of this node itself goes before. */
    synchronized void leave() {
        if (wish == Wish.GO_ON) {
            wish = Wish.LEAVE;
        }
    }

    Wish wish() {
        return wish;
    }

    void state(State next) {
        state = next;
        if (next != State.STARTING && next != State.RUNNING && next != State.INDEXING) {
            endedNanos = System.nanoTime();
        }
    }

    State state() {
        return state;
    }

    boolean isOver() {
        return endedNanos != 0;
    }

    boolean isBuilt() {
        return state == State.DONE || state == State.INCOMPLETE;
    }

    void failed(Throwable cause) {
        failure = String.valueOf(cause.getMessage());
        state(State.FAILED);
    }

    /** Another node has taken its claim over, so what becomes of the version is the other's to say. */
    void lost(Throwable cause) {
        lost = true;
        failed(cause);
    }

    boolean isLost() {
        return lost;
    }

    @Nullable
    String failure() {
        return failure;
    }

    synchronized BackfillProgress progress() {
        long now = isOver() ? endedNanos : System.nanoTime();
        Duration elapsed = Duration.ofNanos(now - startedNanos);
        double recent = isOver() ? 0 : rate.perSecond();
        double perSecond = recent > 0 ? recent : (done.get() - doneBefore) * 1e9 / (now - startedNanos);
        return new BackfillProgress(
                version,
                state,
                start,
                folding.committed(),
                horizon,
                total,
                done.get(),
                repeated,
                perSecond,
                elapsed,
                eta(elapsed),
                isOver() ? "" : bottleneck.get(),
                stages.get(),
                isOver() ? 0 : folding.rowsInMemory(),
                isOver() ? 0 : folding.bytesInMemory(),
                folding.letters(),
                together,
                failure);
    }

    /** In the first seconds a program still grows faster, so there the last of them tell most of what is to come. */
    private @Nullable Duration eta(Duration elapsed) {
        long window = Math.max(SHORT_NANOS, elapsed.toNanos() / 3);
        double perSecond = rate.perSecond(window);
        if (state != State.RUNNING || perSecond <= 0) {
            return null;
        }
        return Duration.ofNanos((long) ((total - done.get()) / perSecond * 1e9));
    }
}
