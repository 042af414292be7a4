package io.changeover.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AppendLatencyTest {

    private static final ThrottleLimits LIMITS = ThrottleLimits.defaults();

    private long now = 1_000_000_000L;
    private final Crew crew = new Crew(() -> now);
    private final AppendLatency appends = new AppendLatency(() -> now, crew);
    private Crew.Member worker;

    private SignalReading latency() throws Exception {
        return appends.signals().get(0).read(LIMITS);
    }

    private SignalReading ratio() throws Exception {
        return appends.signals().get(1).read(LIMITS);
    }

    private void append(int count, double millis) {
        long took = (long) (millis * 1e6);
        for (int one = 0; one < count; one++) {
            now += took;
            appends.committed(now - took);
        }
    }

    private void work() {
        worker = crew.here(now);
        for (int piece = 0; piece < 10; piece++) {
            crew.here(now);
        }
    }

    private void rest() {
        crew.rest(worker);
    }

    @Test
    void where_nobody_appends_there_is_nothing_to_harm() throws Exception {
        assertThat(latency()).isEqualTo(SignalReading.none(100, "ms", "nobody appends on this node"));
        assertThat(ratio()).isEqualTo(SignalReading.none(1.1, "times", "nobody appends on this node"));
    }

    @Test
    void appends_that_were_long_ago_count_for_nothing() throws Exception {
        append(500, 2);
        now += Duration.ofSeconds(3).toNanos();
        assertThat(latency().text()).isEqualTo("nobody appends on this node");
    }

    @Test
    void what_95_of_100_appends_take_is_told_within_a_tenth() throws Exception {
        append(951, 1);
        append(49, 20);
        assertThat(latency().value()).isBetween(1.0, 1.1);
        append(10, 20);
        assertThat(latency().value()).isBetween(20.0, 22.0);
        assertThat(latency().load()).isBetween(0.20, 0.22);
    }

    @Test
    void few_appends_are_not_judged_at_once() throws Exception {
        append(10, 150);
        assertThat(latency().load()).isNaN();
        append(10, 150);
        assertThat(latency().load()).isGreaterThan(1);
    }

    @Test
    void appends_beside_work_are_held_against_those_without() throws Exception {
        append(1_000, 2);
        work();
        appends.workChanged(now, false);
        for (int piece = 0; piece < 10; piece++) {
            crew.here(now);
        }
        append(400, 2.4);
        SignalReading reading = ratio();
        assertThat(reading.value()).isCloseTo(1.2, within(0.001));
        assertThat(reading.load()).isCloseTo(2, within(0.01));
        assertThat(reading.text())
                .isEqualTo("appends take 2.40 ms on average (400 appends in 1.0 s), 2 ms undisturbed");
    }

    @Test
    void nothing_is_decided_before_enough_was_heard_since_the_work_has_changed() throws Exception {
        append(1_000, 2);
        work();
        appends.workChanged(now, false);
        append(120, 4);
        assertThat(ratio().load()).as("too short").isNaN();
        append(120, 4);
        assertThat(ratio().load()).as("too few pieces of work").isNaN();
        work();
        assertThat(ratio().load()).isGreaterThan(2);
    }

    @Test
    void a_rest_of_the_work_is_used_to_hear_appends_undisturbed_but_not_at_once() throws Exception {
        work();
        append(500, 4);
        assertThat(ratio().text()).isEqualTo("not known yet how long appends take undisturbed");
        assertThat(appends.wantsQuiet(now)).isTrue();
        rest();
        append(100, 0.1);
        assertThat(appends.wantsQuiet(now)).as("traces of the work").isTrue();
        long since = crew.quietSince();
        append(200, 2);
        assertThat(appends.wantsQuiet(now)).isFalse();
        assertThat(appends.heardQuiet(since)).isTrue();
        crew.work(worker, now);
        work();
        append(300, 4);
        assertThat(ratio().value()).isBetween(1.3, 2.0);
    }

    @Test
    void halted_work_disturbs_nobody_however_slow_appends_have_become() throws Exception {
        append(1_000, 2);
        work();
        append(100, 3);
        rest();
        appends.workChanged(now, true);
        append(200, 10);
        SignalReading reading = ratio();
        assertThat(reading.load()).isZero();
        assertThat(reading.text()).isEqualTo("no work disturbs appends (200 appends in 2.0 s)");
    }

    @Test
    void one_append_that_took_very_long_does_not_outweigh_all_others() throws Exception {
        append(1_000, 2);
        work();
        appends.workChanged(now, false);
        work();
        append(400, 2);
        append(1, 1_000);
        assertThat(ratio().value()).isLessThan(1.05);
    }
}
