package io.changeover.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.testkit.TestNode;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(60)
class NewsTest {

    private static final Duration LONG = Duration.ofHours(1);

    @Test
    void after_a_quiet_time_nobody_waits() throws InterruptedException {
        News news = new News(LONG);
        news.tell();
        assertThat(news.await(LONG)).isTrue();
    }

    @Test
    void what_is_told_meanwhile_is_told_once() throws InterruptedException {
        News news = new News(Duration.ofMillis(1));
        for (int i = 0; i < 100; i++) {
            news.tell();
        }
        assertThat(news.await(LONG)).isTrue();
        assertThat(news.await(Duration.ZERO)).isFalse();
        news.tell();
        assertThat(news.await(LONG)).isTrue();
    }

    @Test
    void when_much_happens_the_next_one_is_held_back() throws InterruptedException {
        News news = new News(LONG);
        news.tell();
        assertThat(news.await(LONG)).isTrue();
        news.tell();
        AtomicReference<String> end = new AtomicReference<>();
        Thread waiting = new Thread(() -> {
            try {
                end.set("told: " + news.await(LONG));
            } catch (InterruptedException e) {
                end.set("interrupted");
            }
        });
        waiting.start();
        TestNode.await(() -> waiting.getState() == Thread.State.TIMED_WAITING);
        assertThat(end).hasNullValue();
        waiting.interrupt();
        waiting.join();
        assertThat(end).hasValue("interrupted");
    }
}
