package io.changeover.freshness;

import static io.changeover.freshness.KnownVersions.OLD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.projection.VersionState.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WatchTest {

    private static final int READERS = 50;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger looks = new AtomicInteger();
    private final CountDownLatch held = new CountDownLatch(1);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private static long soon() {
        return System.nanoTime() + Duration.ofMinutes(2).toNanos();
    }

    private Look look() {
        looks.incrementAndGet();
        try {
            held.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new Look(Stage.LIVE, null, 7, 7, false);
    }

    private Watch watch() {
        return new Watch(OLD, this::look, threads, Duration.ofMillis(10));
    }

    @Test
    void however_many_wait_the_version_is_looked_at_once_for_all() throws Exception {
        // With a short pause a look more would begin while some who have been told are still on their way out.
        Watch watch = new Watch(OLD, this::look, threads, Duration.ofMinutes(1));
        List<Future<Look>> readers = new ArrayList<>();
        readers.add(threads.submit(() -> watch.next(soon())));
        while (looks.get() < 1) {
            Thread.onSpinWait();
        }
        // They came after the first look had begun, so that one may have missed what they want to know.
        for (int i = 0; i < READERS; i++) {
            readers.add(threads.submit(() -> watch.next(soon())));
        }
        while (watch.waiting() < READERS + 1) {
            Thread.onSpinWait();
        }
        held.countDown();

        for (Future<Look> reader : readers) {
            assertThat(reader.get().low()).isEqualTo(7);
        }
        assertThat(looks).hasValue(2);
        assertThat(watch.claim()).isEqualTo(7);
    }

    @Test
    void a_look_that_hangs_keeps_nobody_longer_than_the_deadline() throws Exception {
        assertThat(watch().next(System.nanoTime())).isNull();
    }

    @Test
    void a_look_that_fails_is_told_to_those_who_wait_and_the_next_one_is_made_anew() throws Exception {
        held.countDown();
        AtomicInteger failures = new AtomicInteger(1);
        Watch watch = new Watch(
                OLD,
                () -> {
                    if (failures.getAndDecrement() > 0) {
                        throw new IllegalArgumentException("the connection is closed");
                    }
                    return look();
                },
                threads,
                Duration.ofMillis(10));

        assertThatThrownBy(() -> watch.next(soon()))
                .hasMessage(
                        "How far version 'order-board@1' has come cannot be read: the connection is closed; check the database, then try again");
        assertThat(watch.next(soon()).low()).isEqualTo(7);
    }
}
