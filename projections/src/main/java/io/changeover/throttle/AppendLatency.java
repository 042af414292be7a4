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
    /** What is judged lies in these slots: three seconds. */
    private static final int LATELY = 12;

    /** Longest time that undisturbed appends count. */
    private static final long MEMORY = Duration.ofSeconds(60).toNanos();

    private static final int MOST_QUIET_SLOTS = 240;
    /** So long after the last work its traces are gone: a full log buffer, a collection of garbage. */
    private static final long SETTLE = Duration.ofMillis(20).toNanos();

    /** Fewer say nothing about the mean; where so few come in a while, it is not the throughput that matters. */
    private static final int FEW = 100;

    private static final int VERY_FEW = 30;
    private static final long SHORT = Duration.ofMillis(500).toNanos();
    private static final long LONG = Duration.ofSeconds(2).toNanos();
    /** Work comes in pieces with rests between them; fewer pieces are not how work and rest alternate in the long run. */
    private static final int PIECES = 6;
    /** A ratio of one is mere luck, so work never grows by it as fast as where nobody appends. */
    private static final double LEAST = 0.1;

    private static final int QUIET_ENOUGH = 50;
    private static final int QUIET_MANY = 150;
    /** Traffic of which a short pause lets enough be heard. */
    private static final int WORTH_A_PAUSE = 300;
    /** One append that took very long, as behind a checkpoint of the database, must not outweigh all others. */
    private static final double MOST_TIMES = 10;

    private final LongSupplier clock;
    private final Crew crew;
    private final Deque<Slot> lately = new ArrayDeque<>();
    private final Deque<Quiet> undisturbed = new ArrayDeque<>();
    private Slot open;
    private long evidenceFrom;
    private int change;
    private long piecesBefore;
    private boolean halted;
    private double most = Double.MAX_VALUE;

    AppendLatency(LongSupplier clock, Crew crew) {
        this.clock = clock;
        this.crew = crew;
        this.evidenceFrom = clock.getAsLong();
        this.open = new Slot(evidenceFrom, change);
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
        open.until = now;
        open.add(nanos, Math.min((double) nanos, most), quiet);
    }

    /**
     * What lies before says nothing about what the work does from now on.
     *
     * @param halted whether it does nothing at all
     */
    synchronized void workChanged(long now, boolean halted) {
        close(now);
        evidenceFrom = now;
        change++;
        open = new Slot(now, change);
        piecesBefore = crew.pieces();
        this.halted = halted;
    }

    /** Whether there is so much traffic that its throughput counts. */
    synchronized boolean busy(long now) {
        roll(now);
        return open.count + lately.stream().mapToLong(slot -> slot.count).sum() >= WORTH_A_PAUSE;
    }

    /** Whether there is so much traffic that a pause of the work would tell how long it takes undisturbed just now. */
    synchronized boolean wantsQuiet(long now) {
        roll(now);
        long count = open.count;
        long quiet = open.quietCount;
        for (Slot each : lately) {
            count += each.count;
            quiet += each.quietCount;
        }
        return count >= WORTH_A_PAUSE && quiet < QUIET_ENOUGH;
    }

    /** Whether enough undisturbed appends were heard since the moment to know how long they take. */
    synchronized boolean heardQuiet(long since) {
        long quiet = open.quietCount;
        for (Slot each : lately) {
            quiet += each.from - since >= 0 ? each.quietCount : 0;
        }
        return quiet >= FEW;
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
            Quiet sum = quiet(now);
            most = MOST_TIMES * sum.nanos / sum.count;
            undisturbed.addLast(new Quiet(now, open.quietCount, open.quietNanos));
            if (undisturbed.size() > MOST_QUIET_SLOTS) {
                undisturbed.removeFirst();
            }
        }
        if (open.count > 0) {
            lately.addLast(open);
        }
        while (!lately.isEmpty() && (lately.size() > LATELY || now - lately.getFirst().from > LATELY * SLOT)) {
            lately.removeFirst();
        }
        open = new Slot(now, change);
    }

    /**
     * The latest undisturbed appends, of the same seconds as those that are judged if they are many: what else happens on
     * the machine changes both alike then.
     */
    private Quiet quiet(long now) {
        long count = open.quietCount;
        double nanos = open.quietNanos;
        for (var newest = undisturbed.descendingIterator(); newest.hasNext(); ) {
            Quiet each = newest.next();
            long age = now - each.at;
            if (age > MEMORY || (age > LATELY * SLOT && count >= QUIET_MANY)) {
                break;
            }
            count += each.count;
            nanos += each.nanos;
        }
        return new Quiet(now, count, nanos);
    }

    /** The appends since the work has changed last, or of the last seconds. */
    private synchronized Slot evidence(long now) {
        roll(now);
        Slot sum = new Slot(Math.max(evidenceFrom, now - LATELY * SLOT), change);
        for (Slot each : lately) {
            if (each.change == change) {
                sum.add(each);
            }
        }
        sum.add(open);
        sum.until = now;
        return sum;
    }

    /** Whether nobody has appended anything lately, so that there is nothing to harm. */
    private synchronized boolean silent(long now) {
        roll(now);
        return lately.stream().noneMatch(slot -> now - slot.until < LONG) && open.count == 0;
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
            if (evidence.count < VERY_FEW && evidence.until - evidence.from < LONG) {
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
            long waited;
            boolean halted;
            Quiet quiet;
            synchronized (AppendLatency.this) {
                waited = now - evidenceFrom;
                halted = AppendLatency.this.halted;
                quiet = quiet(now);
            }
            if (evidence.count < FEW) {
                String text = "too few appends to compare (%s)".formatted(of(evidence));
                return waited < LONG && limit > 0
                        ? SignalReading.undecided(0, limit, UNIT, text)
                        : SignalReading.none(limit, UNIT, text);
            }
            if (halted) {
                String text = "no work disturbs appends (%s)".formatted(of(evidence));
                return waited < SHORT
                        ? SignalReading.undecided(1, limit, UNIT, text)
                        : new SignalReading(1, limit, UNIT, 0, text);
            }
            if (quiet.count < QUIET_ENOUGH) {
                return limit > 0
                        ? SignalReading.undecided(0, limit, UNIT, "not known yet how long appends take undisturbed")
                        : SignalReading.none(limit, UNIT, "not known how long appends take undisturbed");
            }
            double undisturbedNanos = quiet.nanos / quiet.count;
            double nanos = evidence.nanos / evidence.count;
            double ratio = nanos / undisturbedNanos;
            String text = "appends take %s ms on average (%s), %s ms undisturbed"
                    .formatted(
                            Figures.plain(Figures.millis(nanos)),
                            of(evidence),
                            Figures.plain(Figures.millis(undisturbedNanos)));
            if (limit == 0) {
                return SignalReading.of(ratio, limit, UNIT, text);
            }
            long pieces = crew.pieces() - piecesBefore;
            boolean fair = pieces >= PIECES || waited >= LATELY * SLOT;
            if (waited < SHORT || !fair || evidence.quietCount == evidence.count) {
                return SignalReading.undecided(ratio, limit, UNIT, text);
            }
            return new SignalReading(ratio, limit, UNIT, Math.max(LEAST, (ratio - 1) / (limit - 1)), text);
        }
    }

    /** Undisturbed appends of one moment. */
    private record Quiet(long at, long count, double nanos) {}

    /** Appends of one stretch of time, during which the work did not change; {@code until} is that of the last one. */
    private static final class Slot {

        private static final int STEPS_PER_DOUBLING = 8;
        private static final int STEPS = STEPS_PER_DOUBLING * 34; // 1 µs to 4 hours
        private static final double SHARE = 0.95;

        private final long from;
        private final int change;
        private final int[] histogram = new int[STEPS];
        private long until;
        private long count;
        private double nanos;
        private long quietCount;
        private double quietNanos;

        private Slot(long from, int change) {
            this.from = from;
            this.change = change;
            this.until = from;
        }

        private void add(long took, double counted, boolean quiet) {
            count++;
            nanos += counted;
            if (quiet) {
                quietCount++;
                quietNanos += counted;
            }
            double doublings = Math.log(Math.max(1, took / 1_000.0)) / Math.log(2);
            histogram[(int) Math.min(STEPS - 1, doublings * STEPS_PER_DOUBLING)]++;
        }

        private void add(Slot other) {
            count += other.count;
            nanos += other.nanos;
            quietCount += other.quietCount;
            quietNanos += other.quietNanos;
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
