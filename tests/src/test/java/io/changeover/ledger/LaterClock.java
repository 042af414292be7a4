package io.changeover.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The system's clock, put forward by as much as somebody wants. */
final class LaterClock extends Clock {

    private volatile Duration ahead = Duration.ZERO;

    /** Has a node take its time from it. */
    @Configuration(proxyBeanMethods = false)
    static class Moved {

        @Bean
        LaterClock clock() {
            return new LaterClock();
        }
    }

    void move(Duration by) {
        ahead = ahead.plus(by);
    }

    @Override
    public Instant instant() {
        return Clock.systemUTC().instant().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
