package io.changeover.consumer;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A clock that stands until somebody moves it. */
final class MovableClock extends Clock {

    static final Instant START = Instant.parse("2026-03-10T23:30:00Z");

    private volatile Instant now = START;

    /** Has a node take its time from it. */
    @Configuration(proxyBeanMethods = false)
    static class Moved {

        @Bean
        MovableClock clock() {
            return new MovableClock();
        }
    }

    void move(Duration by) {
        now = now.plus(by);
    }

    @Override
    public Instant instant() {
        return now;
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
