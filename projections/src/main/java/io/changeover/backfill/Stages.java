package io.changeover.backfill;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Adds up where the time of one reading of history goes, in nanoseconds. */
record Stages(AtomicLong read, AtomicLong parse, AtomicLong fold, AtomicLong write, AtomicLong index) {

    Stages() {
        this(new AtomicLong(), new AtomicLong(), new AtomicLong(), new AtomicLong(), new AtomicLong());
    }

    StageTimes times(long loadNanos) {
        return new StageTimes(
                Duration.ofNanos(read.get()),
                Duration.ofNanos(parse.get()),
                Duration.ofNanos(Math.max(0, fold.get() - loadNanos)),
                Duration.ofNanos(loadNanos),
                Duration.ofNanos(write.get()),
                Duration.ofNanos(index.get()));
    }
}
