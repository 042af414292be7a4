package io.changeover.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Writers that wait for each append, beside a worker that makes each of them slower, in a time of their own. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ClosedLoopTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    /**
     * A live.
     *
     * @param writers writers that append one event after the other
     * @param millis mean time of an append that nothing disturbs
     * @param harm by how much it takes longer while the worker is busy, as a share of that time
     * @param stalls how many of a thousand appends wait 50 ms for the disk
     * @param drift by how much the time of all appends goes up and down for another reason
     */
    record Live(int writers, double millis, double harm, int stalls, double drift) {}

    private static final class Course {

        private final Random random = new Random(20_260_301);
        private final Live live;
        private final long[] begun;
        private final long[] until;
        private final Governor governor;
        private long now = SECOND;
        private long nextLook = Long.MAX_VALUE;
        private boolean busy;
        private long appends;
        private long worked;

        private Course(Live live) {
            this.live = live;
            this.begun = new long[live.writers()];
            this.until = new long[live.writers()];
            this.governor = new Governor(
                    "node-1",
                    new ThrottleLimits(false, 1, 0, Duration.ofMillis(100), 1.1, 0, Duration.ZERO, 0, Duration.ZERO),
                    List.of(),
                    () -> now,
                    this::pass,
                    false);
            for (int writer = 0; writer < live.writers(); writer++) {
                begin(writer);
            }
        }

        /** Appends in a second while nothing works. */
        private double undisturbed(int seconds) {
            return rate(() -> pass(seconds * SECOND));
        }

        /** Appends in a second beside the worker. */
        private double beside(int seconds) {
            long end = now + seconds * SECOND;
            long before = worked;
            nextLook = now + SECOND / 4;
            double rate = rate(() -> {
                try {
                    while (now < end) {
                        piece();
                    }
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            worked -= before;
            return rate;
        }

        private double rate(Runnable course) {
            long from = now;
            long before = appends;
            course.run();
            return (appends - before) * (double) SECOND / (now - from);
        }

        private void piece() throws InterruptedException {
            long piece = Duration.ofMillis(10 + random.nextInt(20)).toNanos();
            busy = true;
            pass(piece);
            busy = false;
            worked += piece;
            governor.pace(piece, 1_000);
        }

        private void pass(long nanos) {
            long end = now + nanos;
            while (true) {
                int first = -1;
                for (int writer = 0; writer < until.length; writer++) {
                    first = first < 0 || until[writer] < until[first] ? writer : first;
                }
                long next = first < 0 ? Long.MAX_VALUE : until[first];
                if (nextLook <= Math.min(next, end)) {
                    now = nextLook;
                    look();
                } else if (next <= end) {
                    now = next;
                    governor.appends().committed(begun[first]);
                    appends++;
                    begin(first);
                } else {
                    now = end;
                    return;
                }
            }
        }

        private void look() {
            boolean listening = governor.status().state() == ThrottleStatus.State.LISTENING;
            nextLook = now + SECOND / (listening ? 40 : 4);
            try {
                governor.look();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        private void begin(int writer) {
            double mean = live.millis() * (1 + live.drift() * Math.sin(now / (5.0 * SECOND)));
            double spread = -(Math.log(1 - random.nextDouble()) + Math.log(1 - random.nextDouble())) / 2;
            double millis =
                    mean * spread * (busy ? 1 + live.harm() : 1) + (random.nextInt(1_000) < live.stalls() ? 50 : 0);
            begun[writer] = now;
            until[writer] = now + (long) (millis * 1e6);
        }
    }

    static Stream<Live> systems() {
        return Stream.of(
                new Live(1, 1, 1, 0, 0),
                new Live(1, 4, 1, 1, 0),
                new Live(4, 2, 1, 1, 0),
                new Live(4, 2, 0.3, 1, 0),
                new Live(4, 2, 4, 1, 0),
                new Live(4, 2, 1, 1, 0.5));
    }

    @ParameterizedTest
    @MethodSource("systems")
    void writers_keep_nine_tenths_of_their_throughput_and_the_work_advances(Live live) {
        Course course = new Course(live);
        double undisturbed = course.undisturbed(60);
        double beside = course.beside(60);
        course.governor.close();
        assertThat(beside / undisturbed).isGreaterThan(0.9);
        assertThat(course.worked / (60.0 * SECOND)).isGreaterThan(0.04);
    }

    @Test
    void work_that_harms_nobody_has_almost_all_of_the_time() {
        Course course = new Course(new Live(2, 1, 0, 0, 0));
        course.undisturbed(10);
        course.beside(60);
        course.governor.close();
        assertThat(course.worked / (60.0 * SECOND)).isGreaterThan(0.8);
    }

    @Test
    void where_nobody_appends_work_has_all_of_the_time() {
        Course course = new Course(new Live(0, 1, 0, 0, 0));
        course.beside(10);
        course.governor.close();
        assertThat(course.worked).isGreaterThanOrEqualTo(10 * SECOND);
    }
}
