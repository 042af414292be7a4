package io.changeover.benchmark.replay.contender;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Adds up how long each stage took; runs from the moment it is made. */
final class Stopwatch {

    private final long started = System.nanoTime();
    private final Map<String, Duration> stages = new LinkedHashMap<>();
    private long last = started;

    /** What has passed since the last lap was spent in that stage. */
    void lap(String stage) {
        long now = System.nanoTime();
        stages.merge(stage, Duration.ofNanos(now - last), Duration::plus);
        last = now;
    }

    Duration total() {
        return Duration.ofNanos(last - started);
    }

    Map<String, Duration> stages() {
        return stages;
    }
}
