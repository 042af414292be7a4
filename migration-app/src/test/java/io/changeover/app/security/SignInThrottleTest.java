package io.changeover.app.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SignInThrottleTest {

    /** A clock that goes only when it is told to. */
    static final class Hand extends Clock {

        private Instant now = Instant.parse("2027-02-01T10:00:00Z");

        void forward(Duration by) {
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

    private final Hand clock = new Hand();
    private final SignInThrottle throttle = new SignInThrottle(clock);

    private void attempts(int times, String name, String address) {
        for (int attempt = 0; attempt < times; attempt++) {
            assertThat(throttle.attempt(name, address))
                    .as("attempt %d", attempt)
                    .isEmpty();
        }
    }

    @Test
    void after_a_few_attempts_each_waits_twice_as_long_as_the_one_before() {
        attempts(5, "ann", "10.0.0.1");
        assertThat(throttle.attempt("ann", "10.0.0.1")).contains(Duration.ofSeconds(1));
        clock.forward(Duration.ofSeconds(1));
        attempts(1, "ann", "10.0.0.1");
        assertThat(throttle.attempt("ann", "10.0.0.1")).contains(Duration.ofSeconds(2));
        for (int more = 0; more < 20; more++) {
            clock.forward(Duration.ofMinutes(15));
            attempts(1, "ann", "10.0.0.1");
        }
        assertThat(throttle.attempt("ann", "10.0.0.1")).contains(Duration.ofMinutes(15));
    }

    @Test
    void nobody_is_locked_out_by_what_others_do_elsewhere() {
        attempts(5, "ann", "10.0.0.1");
        assertThat(throttle.attempt("ann", "10.0.0.1")).isPresent();
        assertThat(throttle.attempt("ann", "10.0.0.2")).isEmpty();
        assertThat(throttle.attempt("bob", "10.0.0.1")).isEmpty();
    }

    @Test
    void an_address_that_tries_one_name_after_the_other_waits_too_and_so_does_its_whole_network() {
        for (int name = 0; name < 30; name++) {
            attempts(1, "name-" + name, "2001:db8:1:1::" + name);
        }
        assertThat(throttle.attempt("another", "2001:db8:1:1::ffff")).isPresent();
        assertThat(throttle.attempt("another", "2001:db8:1:2::1")).isEmpty();
    }

    @Test
    void who_signs_in_begins_anew_and_so_does_who_rests() {
        attempts(5, "ann", "10.0.0.1");
        clock.forward(Duration.ofSeconds(1));
        attempts(1, "ann", "10.0.0.1");
        throttle.succeeded("ann", "10.0.0.1");
        attempts(5, "ann", "10.0.0.1");
        assertThat(throttle.attempt("ann", "10.0.0.1")).isPresent();
        clock.forward(Duration.ofMinutes(31));
        attempts(5, "ann", "10.0.0.1");
    }

    @Test
    void memory_is_bounded_whoever_tries() {
        for (int name = 0; name < 20_000; name++) {
            throttle.attempt(
                    "n" + name + "x".repeat(1_000), "10.%d.%d.%d".formatted(name >> 16, name >> 8 & 255, name & 255));
        }
        assertThat(throttle.size()).isEqualTo(10_000);
    }
}
