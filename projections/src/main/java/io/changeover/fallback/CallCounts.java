package io.changeover.fallback;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** Counts calls by how they ended. Only grows, so that what was kept of it is a difference and cannot be lost. */
final class CallCounts {

    private final Map<Outcome, LongAdder> counts = new EnumMap<>(Outcome.class);

    CallCounts() {
        for (Outcome outcome : Outcome.values()) {
            counts.put(outcome, new LongAdder());
        }
    }

    void count(Outcome outcome) {
        of(outcome).increment();
    }

    FallbackCounts now() {
        return FallbackCounts.of(outcome -> of(outcome).sum());
    }

    private LongAdder of(Outcome outcome) {
        return Objects.requireNonNull(counts.get(outcome));
    }
}
