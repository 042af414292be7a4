package io.changeover.fallback;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spares a version that fails or is slow too often. Nobody listens to its events, because the library then makes one for
 * each call; that it has opened or closed is seen from its state.
 */
final class Breaker {

    private static final Logger LOG = LoggerFactory.getLogger(Breaker.class);
    private static final int PERCENT = 100;

    private final Changing changing;
    private final CircuitBreaker breaker;
    private volatile boolean open;

    Breaker(Changing changing, FallbackOptions options, Duration timeLimit, Clock clock) {
        this.changing = changing;
        Duration slow = options.slowCall().isZero() ? timeLimit : options.slowCall();
        CircuitBreakerConfig.Builder config = CircuitBreakerConfig.custom()
                .failureRateThreshold((float) (options.failureShare() * PERCENT))
                .slidingWindowSize(options.window())
                .minimumNumberOfCalls(options.minimumCalls())
                .waitDurationInOpenState(options.openFor())
                .permittedNumberOfCallsInHalfOpenState(options.trialCalls())
                .clock(clock);
        if (!slow.isZero()) {
            config.slowCallDurationThreshold(slow).slowCallRateThreshold((float) (options.slowShare() * PERCENT));
        }
        this.breaker = CircuitBreaker.of(changing.id().toString(), config.build());
    }

    /** Whether the version may be asked; whoever is told so reports how that ended, or gives the permission back. */
    boolean permits() {
        return breaker.tryAcquirePermission();
    }

    void answered(long nanos) {
        breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
        tellOfChanges();
    }

    void failed(long nanos, Throwable failure) {
        breaker.onError(nanos, TimeUnit.NANOSECONDS, failure);
        tellOfChanges();
    }

    /** The version was not asked, or is not to blame. */
    void giveBack() {
        breaker.releasePermission();
    }

    String state() {
        return breaker.getState().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A trial that fails opens it again, which is told of once and not every few seconds. */
    private void tellOfChanges() {
        State state = breaker.getState();
        if (open ? state == State.CLOSED : state == State.OPEN) {
            changed(state);
        }
    }

    private synchronized void changed(State state) {
        if (state == State.OPEN && !open) {
            open = true;
            LOG.warn(
                    "{} fails or is slow too often, so this node spares it and lets a few calls try it now and then; readers are answered by the old version. 'changeover fallbacks {}' says what fails, 'changeover rollback {}' sends all readers back",
                    changing.id(),
                    changing.view(),
                    changing.view());
        } else if (state == State.CLOSED && open) {
            open = false;
            LOG.info("{} answers again, so this node asks it as before", changing.id());
        }
    }
}
