package io.changeover.fallback;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.AtomicHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** How long answers took. Recording allocates nothing. */
final class AnswerTimes {

    private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(10);
    private static final int DIGITS = 2;

    private final AtomicHistogram micros = new AtomicHistogram(LONGEST_MICROS, DIGITS);

    void record(long nanos) {
        micros.recordValue(Math.min(LONGEST_MICROS, Math.max(0, TimeUnit.NANOSECONDS.toMicros(nanos))));
    }

    /** What was recorded so far, or null when that is nothing. */
    @Nullable
    FallbackLatency now() {
        Histogram copy = micros.copy();
        return copy.getTotalCount() == 0
                ? null
                : new FallbackLatency(copy.getTotalCount(), percentile(copy, 50), percentile(copy, 99));
    }

    private static Duration percentile(Histogram histogram, double percentile) {
        return Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(histogram.getValueAtPercentile(percentile)));
    }
}
