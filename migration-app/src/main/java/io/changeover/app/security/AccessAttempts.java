package io.changeover.app.security;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** How often somebody has tried to be let in at this node, and how it ended; who it was is in the trail, not here. */
final class AccessAttempts implements MeterBinder {

    /** How an attempt ended. */
    enum Outcome {
        SIGNED_IN("signed-in"),
        SIGN_IN_FAILED("sign-in-failed"),
        /** Too many before it, so that no password was looked at. */
        SLOWED_DOWN("slowed-down"),
        /** A token that was never issued here, is revoked, or is too old. */
        TOKEN_REFUSED("token-refused");

        private final String word;

        Outcome(String word) {
            this.word = word;
        }
    }

    private final Map<Outcome, LongAdder> counts = new EnumMap<>(Outcome.class);

    AccessAttempts() {
        for (Outcome outcome : Outcome.values()) {
            counts.put(outcome, new LongAdder());
        }
    }

    void count(Outcome outcome) {
        Objects.requireNonNull(counts.get(outcome)).increment();
    }

    /** There from the start, so that the first failure is an increase. */
    @Override
    public void bindTo(MeterRegistry registry) {
        counts.forEach(
                (outcome, count) -> FunctionCounter.builder("changeover.access.attempts", count, LongAdder::doubleValue)
                        .description(
                                "Attempts to be let in by a password, a provider or a token, by how they ended; tokens that were good are not counted; of this node")
                        .baseUnit("attempts")
                        .tag("outcome", outcome.word)
                        .register(registry));
    }
}
