package io.changeover.app.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.changeover.operation.OperationRefusedException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OnceTest {

    private final Once once = new Once();
    private final AtomicInteger done = new AtomicInteger();

    @Test
    void whoever_comes_while_it_is_being_done_gets_the_first_answer() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> once.run("form", () -> {
            begun.countDown();
            try {
                end.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return "answer " + done.incrementAndGet();
        }));
        begun.await();
        CompletableFuture<String> second =
                CompletableFuture.supplyAsync(() -> once.run("form", () -> "answer " + done.incrementAndGet()));
        end.countDown();
        assertThat(first.join()).isEqualTo("answer 1");
        assertThat(second.join()).isEqualTo("answer 1");
        assertThat(done).hasValue(1);
    }

    @Test
    void what_was_refused_may_be_asked_again() {
        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> once.run("form", () -> {
                    throw new OperationRefusedException("rule", "not now");
                }));
        assertThat(once.run("form", () -> "done")).isEqualTo("done");
    }

    @Test
    void another_form_is_another_deed() {
        assertThat(once.run("a", () -> "a")).isEqualTo("a");
        assertThat(once.run("b", () -> "b")).isEqualTo("b");
    }
}
