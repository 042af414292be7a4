package io.changeover.throttle;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** The threads that work, and whether any of them is busy now. Safe for use by several threads. */
final class Crew {

    /** Somebody is busy. */
    static final long BUSY = Long.MAX_VALUE;

    /** A thread that was not seen for so long has most likely ended its work without a word. */
    private static final long GONE_NANOS = Duration.ofSeconds(30).toNanos();

    private final Map<Thread, Member> members = new ConcurrentHashMap<>();
    private final LongAdder pieces = new LongAdder();
    private volatile long quietSince;

    /** One thread. Its fields belong to that thread, but for those that are volatile. */
    static final class Member {
        private volatile boolean resting;
        private volatile long seen;
        /** Work for which the thread has not rested yet. */
        double owedNanos;
        /** When the rate lets it begin its next piece. */
        long notBefore;

        private Member(long now) {
            seen = now;
            notBefore = now;
        }
    }

    private final LongSupplier clock;

    Crew(LongSupplier clock) {
        this.clock = clock;
        this.quietSince = clock.getAsLong();
    }

    /** The calling thread, which has just done a piece of work. */
    Member here(long now) {
        pieces.increment();
        Member known = members.get(Thread.currentThread());
        if (known != null) {
            known.seen = now;
            return known;
        }
        Member joined = new Member(now);
        members.put(Thread.currentThread(), joined);
        count();
        return joined;
    }

    /** The member does nothing from now on, until it says otherwise. */
    void rest(Member member) {
        member.resting = true;
        count();
    }

    /** The member begins another piece. */
    void work(Member member, long now) {
        member.seen = now;
        member.resting = false;
        count();
    }

    /** The calling thread has no work any more. */
    void leave() {
        members.remove(Thread.currentThread());
        count();
    }

    /** Forgets threads that ended or were not seen for long. */
    void prune(long now) {
        members.entrySet()
                .removeIf(each -> !each.getKey().isAlive()
                        || (!each.getValue().resting && now - each.getValue().seen > GONE_NANOS));
        count();
    }

    /** Pieces of work that were done so far. */
    long pieces() {
        return pieces.sum();
    }

    int size() {
        return members.size();
    }

    /** Time since which nobody is busy, or {@link #BUSY}. */
    long quietSince() {
        return quietSince;
    }

    private synchronized void count() {
        boolean busy = members.values().stream().anyMatch(member -> !member.resting);
        if (busy) {
            quietSince = BUSY;
        } else if (quietSince == BUSY) {
            quietSince = clock.getAsLong();
        }
    }
}
