package io.changeover.throttle;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * How long appends take on this node, lately and undisturbed. Gives two signals: {@code live-latency}, a figure that
 * people can name, and {@code live-latency-ratio}, which holds whatever the machine is capable of. Holds a few hundred
 * counters, however many appends there are. Safe for use by several threads.
 */
public final class AppendLatency {

    private static final long SLOT = Duration.ofMillis(250).toNanos();
    /** What is judged lies in these slots. */
    private static final int LATELY = 16;
    /** Undisturbed appends count for so long, and longer while there are too few. */
    private static final long MEMORY = Duration.ofSeconds(60).toNanos();

    private static final int MOST_QUIET_SLOTS = 240;
    /** So long after the last work its traces are gone: dirty pages, a collection of garbage, a full log buffer. */
    private static final long SETTLE = Duration.ofMillis(20).toNanos();

    private static final int FEW = 30;
    private static final long SHORT = Duration.ofMillis(500).toNanos();
    private static final long LONG = Duration.ofSeconds(2).toNanos();
    private static final int QUIET_ENOUGH = 50;
    private static final long STALE = Duration.ofSeconds(10).toNanos();

    private final LongSupplier clock;
    private final Crew crew;
    private final Deque<Slot> lately = new ArrayDeque<>();
    private final Deque<Quiet> undisturbed = new ArrayDeque<>();
    private Slot open;
    private long evidenceFrom;

    AppendLatency(LongSupplier clock, Crew crew) {
        this.clock = clock;
        this.crew = crew;
        this.evidenceFrom = clock.getAsLong();
        this.open = new Slot(evidenceFrom);
    }

    /**
     * An append took from {@code begun} until now, both by {@link System#nanoTime}.
     *
     * @param begun just before the events were inserted
     */
    public void committed(long begun) {
        long now = clock.getAsLong();
        long quietSince = crew.quietSince();
        boolean quiet = quietSince != Crew.BUSY && begun - quietSince >= SETTLE;
        record(now - begun, quiet, now);
    }

    private synchronized void record(long nanos, boolean quiet, long now) {
        roll(now);
        open.add(nanos, quiet);
    }

    /** What lies before says nothing about what the work does from now on. */
    synchronized void workChanged(long now) {
        close(now);
        evidenceFrom = now;
    }

    /** Whether there is traffic of which it is not known how long it takes undisturbed. */
    synchronized boolean wantsQuiet(long now) {
        roll(now);
        long appends = lately.stream().mapToLong(slot -> slot.count).sum() + open.count;
        return appends >= FEW && (quietCount(now) < QUIET_ENOUGH || now - undisturbed.getLast().at > STALE);
    }

    /** The two signals. */
    List<ThrottleSignal> signals() {
        return List.of(new Latency(), new Ratio());
    }

    private void roll(long now) {
        if (now - open.from >= SLOT) {
            close(now);
        }
    }

    private void close(long now) {
        if (open.quietCount > 0) {
            undisturbed.addLast(new Quiet(now, open.quietCount, open.quietNanos));
            if (undisturbed.size() > MOST_QUIET_SLOTS) {
                undisturbed.removeFirst();
            }
        }
        if (open.count > 0) {
            open.until = now;
            lately.addLast(open);
        }
        while (!lately.isEmpty() && (lately.size() > LATELY || now - lately.getFirst().from > LATELY * SLOT)) {
            lately.removeFirst();
        }
        open = new Slot(now);
    }

    private long quietCount(long now) {
        long[] sum = quiet(now);
        return sum[0];
    }

    /** Count and sum of undisturbed appends, the latest ones and as many as it takes. */
    private long[] quiet(long now) {
        long count = 0;
        long nanos = 0;
        for (var newest = undisturbed.descendingIterator(); newest.hasNext(); ) {
            Quiet each = newest.next();
            if (now - each.at > MEMORY && count >= QUIET_ENOUGH) {
                break;
            }
            count += each.count;
            nanos += each.nanos;
        }
        return new long[] {count, nanos};
    }

    /** The appends since the work has changed last, or of the last seconds. */
    private synchronized Slot evidence(long now) {
        roll(now);
        Slot sum = new Slot(Math.max(evidenceFrom, now - LATELY * SLOT));
        for (Slot each : lately) {
            if (each.from - evidenceFrom >= 0) {
                sum.add(each);
            }
        }
        if (lately.isEmpty() || open.from - evidenceFrom >= 0) {
            sum.add(open);
        }
        sum.until = now;
        return sum;
    }

    /** Whether nobody has appended anything lately, so that there is nothing to harm. */
    private synchronized boolean silent(long now) {
        roll(now);
        return open.count == 0 && lately.stream().noneMatch(slot -> now - slot.until < LONG);
    }

    private static String of(Slot evidence) {
        return "%,d appends in %.1f s".formatted(evidence.count, (evidence.until - evidence.from) / 1e9);
    }

    /** How long appends take. */
    private final class Latency implements ThrottleSignal {

        private static final String UNIT = "ms";

        @Override
        public String name() {
            return "live-latency";
        }

        @Override
        public SignalReading read(ThrottleLimits limits) {
            double limit = Figures.millis(limits.liveLatency());
            long now = clock.getAsLong();
            if (silent(now)) {
                return SignalReading.none(limit, UNIT, "nobody appends on this node");
            }
            Slot evidence = evidence(now);
            double value = Figures.millis(evidence.quantile());
            String text = "95 of 100 appends take at most %s ms (%s)".formatted(Figures.plain(value), of(evidence));
            if (evidence.count < FEW && evidence.until - evidence.from < LONG) {
                return limit > 0
                        ? SignalReading.undecided(value, limit, UNIT, text + ", too few to judge yet")
                        : SignalReading.of(value, limit, UNIT, text);
            }
            return SignalReading.of(value, limit, UNIT, text);
        }
    }

    /** How long appends take against those that no work disturbs. */
    private final class Ratio implements ThrottleSignal {

        private static final String UNIT = "times";

        @Override
        public String name() {
            return "live-latency-ratio";
        }

        @Override
        public SignalReading read(ThrottleLimits limits) {
            double limit = limits.liveLatencyRatio();
            long now = clock.getAsLong();
            if (silent(now)) {
                return SignalReading.none(limit, UNIT, "nobody appends on this node");
            }
            Slot evidence = evidence(now);
            long[] quiet;
            synchronized (AppendLatency.this) {
                quiet = quiet(now);
            }
            long waited = evidence.until - evidence.from;
            if (evidence.count < FEW) {
                String text = "too few appends to compare (%s)".formatted(of(evidence));
                return waited < LONG && limit > 0
                        ? SignalReading.undecided(0, limit, UNIT, text)
                        : SignalReading.none(limit, UNIT, text);
            }
            if (quiet[0] < QUIET_ENOUGH) {
                return limit > 0
                        ? SignalReading.undecided(0, limit, UNIT, "not known yet how long appends take undisturbed")
                        : SignalReading.none(limit, UNIT, "not known how long appends take undisturbed");
            }
            double undisturbedNanos = (double) quiet[1] / quiet[0];
            double nanos = (double) evidence.nanos / evidence.count;
            double ratio = nanos / undisturbedNanos;
            String text = "appends take %s ms on average (%s), %s ms undisturbed"
                    .formatted(
                            Figures.plain(Figures.millis(nanos)),
                            of(evidence),
                            Figures.plain(Figures.millis(undisturbedNanos)));
            if (limit == 0) {
                return SignalReading.of(ratio, limit, UNIT, text);
            }
            if (waited < SHORT) {
                return SignalReading.undecided(ratio, limit, UNIT, text);
            }
            return new SignalReading(ratio, limit, UNIT, load((ratio - 1) / (limit - 1)), text);
        }

        /** The excess in units of what is allowed; small limits must not stop the work by chance, so far above counts less. */
        private static double load(double excess) {
            return Math.max(0, excess <= 1 ? excess : 1 + (excess - 1) / STEEP);
        }

        private static final double STEEP = 4;
    }

    /** Undisturbed appends of one moment. */
    private record Quiet(long at, long count, long nanos) {}

    /** Appends of one stretch of time. */
    private static final class Slot {

        private static final int STEPS_PER_DOUBLING = 8;
        private static final int STEPS = STEPS_PER_DOUBLING * 34; // 1 µs to 4 hours
        private static final double SHARE = 0.95;

        private final long from;
        private final int[] histogram = new int[STEPS];
        private long until;
        private long count;
        private long nanos;
        private long quietCount;
        private long quietNanos;

        private Slot(long from) {
            this.from = from;
            this.until = from;
        }

        private void add(long took, boolean quiet) {
            count++;
            nanos += took;
            if (quiet) {
                quietCount++;
                quietNanos += took;
            }
            double doublings = Math.log(Math.max(1, took / 1_000.0)) / Math.log(2);
            histogram[(int) Math.min(STEPS - 1, doublings * STEPS_PER_DOUBLING)]++;
        }

        private void add(Slot other) {
            count += other.count;
            nanos += other.nanos;
            for (int step = 0; step < STEPS; step++) {
                histogram[step] += other.histogram[step];
            }
        }

        /** Upper end of the step in which the quantile lies, in nanoseconds; 9 % above at most. */
        private double quantile() {
            long wanted = (long) Math.ceil(count * SHARE);
            long seen = 0;
            for (int step = 0; step < STEPS && wanted > 0; step++) {
                seen += histogram[step];
                if (seen >= wanted) {
                    return 1_000 * Math.pow(2, (step + 1.0) / STEPS_PER_DOUBLING);
                }
            }
            return 0;
        }
    }
}
