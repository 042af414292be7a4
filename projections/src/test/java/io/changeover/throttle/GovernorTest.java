package io.changeover.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.throttle.ThrottleStatus.State;
import io.changeover.throttle.ThrottleStatus.Veto;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GovernorTest {

    private static final ThrottleLimits LIMITS = limits(false, 2, 0);
    private static final long PIECE = Duration.ofMillis(20).toNanos();

    /** Moved by hand, and by those who sleep. */
    private long now = 1_000_000_000L;

    private long slept;
    private final Queue<Runnable> whileAsleep = new ArrayDeque<>();
    private double load;

    private final ThrottleSignal signal = new ThrottleSignal() {
        @Override
        public String name() {
            return "disk";
        }

        @Override
        public SignalReading read(ThrottleLimits limits) {
            return SignalReading.of(load * 100, 100, "%", "the disk is busy");
        }
    };
    private final Governor governor = new Governor("node-1", LIMITS, List.of(signal), () -> now, this::sleep, false);

    private static ThrottleLimits limits(boolean stopped, int workers, int rate) {
        return new ThrottleLimits(
                stopped, workers, rate, Duration.ofMillis(100), 1.1, 0, Duration.ZERO, 0, Duration.ZERO);
    }

    @AfterEach
    void close() {
        governor.close();
    }

    private void sleep(long nanos) {
        now += nanos;
        slept += nanos;
        Runnable next = whileAsleep.poll();
        if (next != null) {
            next.run();
        }
        if (slept > Duration.ofHours(1).toNanos()) {
            throw new AssertionError("work never goes on");
        }
    }

    private void look() {
        now += Duration.ofSeconds(2).toNanos();
        try {
            governor.look();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void look(double load) {
        this.load = load;
        look();
    }

    /** A piece of work, and how long the rest after it was. */
    private Duration piece(int events) throws InterruptedException {
        long before = slept;
        now += PIECE;
        governor.pace(PIECE, events);
        return Duration.ofNanos(slept - before);
    }

    @Test
    void an_idle_system_holds_nothing_up() throws InterruptedException {
        assertThat(piece(1_000)).isZero();
        look(0);
        assertThat(piece(1_000)).isZero();
        ThrottleStatus status = governor.status();
        assertThat(status.node()).isEqualTo("node-1");
        assertThat(status.state()).isEqualTo(State.FULL);
        assertThat(status.workers()).isEqualTo(2);
        assertThat(status.working()).isEqualTo(1);
        assertThat(status.vetoes()).isEmpty();
        assertThat(status.totals())
                .isEqualTo(new ThrottleStatus.Totals(2_000, Duration.ofNanos(2 * PIECE), Duration.ZERO, 0, 0));
    }

    @Test
    void half_of_a_worker_rests_as_long_as_it_works() throws InterruptedException {
        piece(0);
        look(1.2);
        assertThat(governor.workers()).isEqualTo(1);
        assertThat(piece(0)).isEqualTo(Duration.ofNanos(PIECE));
        assertThat(governor.status().state()).isEqualTo(State.LIMITED);
        assertThat(governor.status().totals().rested()).isEqualTo(Duration.ofNanos(PIECE));
    }

    @Test
    void the_share_is_divided_among_all_threads_that_work() throws Exception {
        piece(0);
        Thread other = new Thread(() -> {
            try {
                governor.pace(0, 0);
                while (true) {
                    Thread.sleep(1_000);
                }
            } catch (InterruptedException e) {
                // ends
            }
        });
        other.start();
        while (governor.status().working() < 2) {
            Thread.onSpinWait();
        }
        look(1.2);
        assertThat(governor.status().share()).isEqualTo(1);
        assertThat(piece(0)).as("half of a worker each").isEqualTo(Duration.ofNanos(PIECE));
        other.interrupt();
        other.join();
        look(0.7);
        assertThat(piece(0))
                .as("a thread that ended leaves its part to the others")
                .isZero();
    }

    @Test
    void a_thread_without_work_leaves_its_part_to_the_others() throws InterruptedException {
        piece(0);
        governor.idle();
        assertThat(governor.status().working()).isZero();
        assertThat(governor.status().state()).isEqualTo(State.IDLE);
    }

    @Test
    void rests_too_short_to_sleep_are_added_up() throws InterruptedException {
        piece(0);
        look(1.2);
        long tenth = Duration.ofMillis(1).toNanos() / 10;
        for (int time = 0; time < 9; time++) {
            governor.pace(tenth, 0);
        }
        assertThat(slept).isZero();
        governor.pace(tenth, 0);
        assertThat(slept).isEqualTo(10 * tenth);
    }

    @Test
    void a_change_of_the_share_holds_for_those_who_rest_already() throws InterruptedException {
        piece(0);
        for (int time = 0; time < 10; time++) {
            look(1.9);
        }
        assertThat(governor.status().share()).isEqualTo(Band.LEAST);
        whileAsleep.add(() -> look(0));
        whileAsleep.add(() -> governor.limits(limits(false, 1, 0)));
        for (int time = 0; time < 10; time++) {
            whileAsleep.add(() -> look(0));
        }
        now += Duration.ofSeconds(1).toNanos();
        governor.pace(Duration.ofSeconds(1).toNanos(), 0);
        assertThat(slept).isLessThan(Duration.ofSeconds(1).toNanos());
    }

    @Test
    void a_rest_is_never_so_long_that_a_claim_is_lost() throws InterruptedException {
        piece(0);
        for (int time = 0; time < 10; time++) {
            look(1.9);
        }
        governor.pace(Duration.ofMinutes(1).toNanos(), 0);
        assertThat(Duration.ofNanos(slept)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void a_veto_stops_work_until_it_is_lifted_and_what_lapses_is_renewed_meanwhile() throws InterruptedException {
        piece(0);
        look(3);
        ThrottleStatus stopped = governor.status();
        assertThat(stopped.state()).isEqualTo(State.STOPPED);
        assertThat(stopped.vetoes())
                .containsExactly(new Veto(
                        "disk", "the disk is busy, far above the limit of 100 %; work goes on when it is well below"));
        int[] renewed = {0};
        whileAsleep.add(() -> now += Duration.ofSeconds(3).toNanos());
        whileAsleep.add(() -> now += Duration.ofSeconds(3).toNanos());
        whileAsleep.add(() -> now += Duration.ofSeconds(3).toNanos());
        whileAsleep.add(() -> look(0));
        governor.pace(PIECE, 0, Duration.ofSeconds(2), () -> renewed[0]++);
        assertThat(renewed[0]).isEqualTo(4);
        assertThat(governor.status().vetoes()).isEmpty();
        assertThat(governor.status().totals().stops()).isEqualTo(1);
    }

    @Test
    void an_operator_stops_work_and_lets_it_go_on() throws InterruptedException {
        governor.limits(limits(true, 2, 0));
        assertThat(governor.status().vetoes())
                .containsExactly(new Veto("operator", "stopped by hand; work goes on when somebody takes that back"));
        whileAsleep.add(this::look);
        whileAsleep.add(() -> governor.limits(LIMITS));
        assertThat(piece(0)).isEqualTo(Duration.ofMillis(100));
        assertThat(governor.status().state()).isEqualTo(State.FULL);
    }

    @Test
    void a_rate_spreads_events_over_time_for_all_workers_together() throws InterruptedException {
        governor.limits(limits(false, 2, 1_000));
        piece(100);
        piece(100);
        assertThat(piece(100)).isEqualTo(Duration.ofMillis(80));
        whileAsleep.add(() -> governor.limits(LIMITS));
        assertThat(piece(1_000_000)).as("another rate holds at once").isEqualTo(Duration.ofMillis(50));
    }

    @Test
    void signals_are_shown_before_there_is_any_work() {
        load = 0.25;
        ThrottleStatus status = governor.status();
        assertThat(status.state()).isEqualTo(State.IDLE);
        assertThat(status.signals())
                .extracting(ThrottleStatus.Signal::name)
                .containsExactly("live-latency", "live-latency-ratio", "disk");
        assertThat(status.signals().get(2).value()).isEqualTo(25);
    }

    @Test
    void a_signal_that_fails_says_why() {
        try (Governor broken = new Governor("node-1", LIMITS, List.of(new ThrottleSignal() {
            @Override
            public String name() {
                return "broken";
            }

            @Override
            public SignalReading read(ThrottleLimits limits) throws Exception {
                throw new Exception("no such file");
            }
        }))) {
            assertThat(broken.status().signals().get(2).text()).isEqualTo("no such file");
        }
    }

    @Test
    void two_signals_of_one_name_are_refused() {
        assertThatThrownBy(() -> new Governor("node-1", LIMITS, List.of(signal, signal)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Two signals of the throttle are called 'disk'; give one of them another name");
    }

    private void appends(int count, double millis) {
        for (int append = 0; append < count; append++) {
            now += (long) (millis * 1e6);
            governor.appends().committed(now - (long) (millis * 1e6));
        }
    }

    @Test
    void beside_busy_traffic_work_begins_gently() throws InterruptedException {
        appends(1_000, 1);
        piece(0);
        assertThat(governor.status().share()).isEqualTo(0.25);
        assertThat(piece(0)).isEqualTo(Duration.ofNanos(3 * PIECE));
    }

    @Test
    void a_veto_of_the_latency_is_lifted_also_when_somebody_stopped_work_meanwhile() throws InterruptedException {
        appends(1_000, 1);
        for (int time = 0; time < 10; time++) {
            piece(0);
            appends(100, 8);
        }
        look0();
        assertThat(governor.status().vetoes()).extracting(Veto::signal).containsExactly("live-latency-ratio");
        governor.limits(limits(true, 2, 0));
        look0();
        governor.limits(LIMITS);
        whileAsleep.add(this::look0);
        for (int time = 0; time < 10; time++) {
            whileAsleep.add(() -> appends(200, 1));
            whileAsleep.add(this::look0);
        }
        piece(0);
        assertThat(governor.status().vetoes()).isEmpty();
    }

    @Test
    void work_pauses_for_a_moment_to_hear_busy_traffic_undisturbed() throws InterruptedException {
        piece(0);
        for (int append = 0; append < 400; append++) {
            now += Duration.ofMillis(1).toNanos();
            governor.appends().committed(now - Duration.ofMillis(1).toNanos());
        }
        look0();
        assertThat(governor.status().state()).isEqualTo(State.LISTENING);
        whileAsleep.add(this::look0);
        for (int time = 0; time < 4; time++) {
            whileAsleep.add(() -> {
                for (int append = 0; append < 50; append++) {
                    governor.appends().committed(now - Duration.ofMillis(1).toNanos());
                }
            });
            whileAsleep.add(this::look0);
        }
        assertThat(piece(0)).isLessThanOrEqualTo(Duration.ofMillis(400));
        assertThat(governor.status().state()).isEqualTo(State.FULL);
    }

    private void look0() {
        try {
            governor.look();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
