package io.changeover.fallback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.changeover.changeover.ChangeoverState;
import io.changeover.changeover.ChangeoverState.Attempt;
import io.changeover.changeover.Phase;
import io.changeover.serving.AppliedRoutes;
import io.changeover.serving.CannotFollow;
import io.changeover.serving.ReadPath;
import io.changeover.serving.Reader;
import io.changeover.serving.ReaderContext;
import io.changeover.serving.RoutedView;
import io.changeover.serving.Router;
import io.changeover.serving.Shadow;
import io.changeover.serving.ViewSettings;
import io.changeover.view.VersionId;
import io.micrometer.context.ContextRegistry;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionSynchronizationManager;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FallbacksTest {

    private static final String VIEW = "order-board";
    private static final VersionId V2 = VersionId.parse("order-board@2");

    private static final Duration NO_LIMIT = Duration.ZERO;

    /** No machine is so slow. */
    private static final Duration FAR = Duration.ofMinutes(5);

    /** What hangs comes this far, and so may what does not. */
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    interface Board {
        String of(String key) throws IOException;
    }

    /** What the new version does with a call. */
    private interface Behaviour {
        String of(String key) throws IOException;
    }

    private static final class Hands extends Clock {

        private Instant now = Instant.parse("2026-03-10T12:00:00Z");

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

    private final Hands clock = new Hands();
    private final List<Fallbacks> made = new ArrayList<>();
    private final CountDownLatch never = new CountDownLatch(1);
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.changeover.fallback");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private volatile Behaviour old = key -> "old " + key;
    private volatile Behaviour young = key -> "new " + key;
    private final AtomicInteger hung = new AtomicInteger();
    private FallbackOptions options;
    private Router router;
    private Fallbacks fallbacks;

    {
        log.start();
        logger.addAppender(log);
        logger.setLevel(Level.INFO);
    }

    @AfterEach
    void let_go() {
        never.countDown();
        logger.detachAppender(log);
        logger.setLevel(null);
        made.forEach(Fallbacks::close);
        TransactionSynchronizationManager.setActualTransactionActive(false);
    }

    private static FallbackOptions options(int workers) {
        return new FallbackOptions(
                0.01, 0.5, Duration.ZERO, 0.5, 10, 4, Duration.ofSeconds(10), 2, workers, Duration.ofDays(1));
    }

    private Board board(Duration limit, int workers) {
        Router own = new Router(view -> new ViewSettings(null, CannotFollow.LAST_KNOWN, 0, limit), null);
        // Without a database nothing is kept, which every node goes on without.
        Fallbacks guard =
                new Fallbacks(own, options == null ? options(workers) : options, clock, new JdbcTemplate(), "node-a");
        made.add(guard);
        router = own;
        fallbacks = guard;
        begin("c1", 2);
        Board first = key -> old.of(key);
        Board second = key -> young.of(key);
        return RoutedView.of(
                VIEW, Board.class, own, new ReadPath(null, guard, Shadow.NONE), Map.of(1, first, 2, second, 3, second));
    }

    private void begin(String changeover, int to) {
        AppliedRoutes.apply(
                router,
                new ChangeoverState(
                        VIEW, 1, new Attempt(changeover, 1, to, Phase.SERVING, 100, null, null, Instant.EPOCH)));
    }

    private long count(Outcome outcome) {
        return fallbacks.calls(V2, outcome);
    }

    private String breaker() {
        return fallbacks.breaker(V2).orElse("unused");
    }

    private List<String> logged() {
        return log.list.stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.INFO))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private String hang() {
        boolean interrupted = false;
        hung.incrementAndGet();
        while (true) { // as a driver does that is deaf to interruption
            try {
                never.await();
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
                return "too late";
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }

    @Test
    void a_version_that_answers_is_taken_at_its_word() throws IOException {
        Board board = board(FAR, 2);
        assertThat(board.of("a")).isEqualTo("new a");
        assertThat(board(NO_LIMIT, 2).of("a")).isEqualTo("new a");
        assertThat(count(Outcome.ANSWERED)).isEqualTo(1);
        assertThat(breaker()).isEqualTo("closed");
        assertThat(logged()).isEmpty();
    }

    @Test
    void where_the_new_version_throws_the_old_one_answers_and_it_is_counted() throws IOException {
        for (Duration limit : List.of(FAR, NO_LIMIT)) {
            Board board = board(limit, 2);
            young = key -> {
                throw new IllegalStateException("secret of " + key, new SQLException("secret", "42P01"));
            };
            assertThat(board.of("a")).isEqualTo("old a");
            assertThat(count(Outcome.FAILED)).isEqualTo(1);
            assertThat(count(Outcome.ANSWERED)).isZero();
        }
    }

    @Test
    void a_failure_is_remembered_by_its_kind_and_not_by_its_words() throws IOException {
        SQLException missing = new SQLException("secret", "42P01");
        FallbackFailure failure =
                FallbackFailure.of(Instant.EPOCH, "of", Outcome.FAILED, new IllegalStateException("secret", missing));
        assertThat(failure)
                .isEqualTo(new FallbackFailure(
                        Instant.EPOCH,
                        "of",
                        "failed",
                        "java.lang.IllegalStateException",
                        "java.sql.SQLException",
                        "42P01"));
        young = key -> {
            throw new IllegalStateException("secret");
        };
        board(NO_LIMIT, 1).of("a");
        assertThat(log.list).allSatisfy(event -> {
            assertThat(event.getFormattedMessage()).doesNotContain("secret");
            assertThat(event.getThrowableProxy()).isNull();
        });
    }

    @Test
    void only_the_first_fallback_of_a_changeover_is_logged_with_what_to_do() throws IOException {
        Board board = board(NO_LIMIT, 1);
        young = key -> {
            throw new IllegalStateException("secret");
        };
        board.of("a");
        board.of("b");
        assertThat(logged())
                .containsExactly(
                        "order-board@2 threw java.lang.IllegalStateException, so the old version has answered a reader; from here on such calls are counted and not logged. 'changeover fallbacks order-board' shows them and what is left of the error budget, 'changeover rollback order-board' sends all readers back");
    }

    /** Asks until so many calls hang; one that is given up before it has begun does not. */
    private void askUntilHung(Board board, int calls) throws IOException {
        while (hung.get() < calls) {
            assertThat(board.of("a")).isEqualTo("old a");
            clock.now = clock.now.plusSeconds(11); // whatever the breaker thinks of it
        }
    }

    @Test
    void a_version_that_hangs_is_given_up_and_interrupted_and_the_old_one_answers() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        Board board = board(AT_ONCE, 1);
        young = key -> {
            hung.incrementAndGet();
            try {
                never.await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return "too late";
        };
        askUntilHung(board, 1);
        interrupted.await();
        assertThat(count(Outcome.TIMED_OUT)).isPositive();
        assertThat(count(Outcome.ANSWERED)).isZero();
        assertThat(logged().get(0)).startsWith("order-board@2 took longer than PT0.001S, so the old version");
    }

    @Test
    void calls_that_hang_for_ever_hold_their_workers_and_further_ones_go_to_the_old_version_at_once() throws Exception {
        Board board = board(AT_ONCE, 2);
        young = key -> hang();
        askUntilHung(board, 2);
        clock.now = clock.now.plusSeconds(11);
        long given = count(Outcome.TIMED_OUT);
        long busy = count(Outcome.BUSY);
        for (int i = 0; i < 50; i++) {
            assertThat(board.of("c")).isEqualTo("old c");
        }
        assertThat(threads()).isEqualTo(2);
        assertThat(count(Outcome.TIMED_OUT)).isEqualTo(given);
        assertThat(count(Outcome.BUSY)).isEqualTo(busy + 50);
        never.countDown();
        young = key -> "new " + key;
        while (!board.of("a").equals("new a")) {
            clock.now = clock.now.plusSeconds(11);
        }
        assertThat(count(Outcome.ANSWERED)).isEqualTo(1);
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .filter(thread -> thread.getName().startsWith("changeover-guard-order-board@2-"))
                .count();
    }

    @Test
    void a_worker_that_has_just_ended_a_call_takes_the_next_one() throws IOException {
        Board board = board(FAR, 1);
        for (int i = 0; i < 20_000; i++) {
            assertThat(board.of("a")).isEqualTo("new a");
        }
        assertThat(count(Outcome.ANSWERED)).isEqualTo(20_000);
    }

    @Test
    void a_breaker_opens_sheds_lets_a_few_try_and_closes_again() throws IOException {
        Board board = board(NO_LIMIT, 1);
        AtomicInteger asked = new AtomicInteger();
        young = key -> {
            asked.incrementAndGet();
            throw new IllegalStateException("broken");
        };
        for (int i = 0; i < 10; i++) {
            assertThat(board.of("a")).isEqualTo("old a");
        }
        assertThat(breaker()).isEqualTo("open");
        assertThat(asked).hasValue(4);
        assertThat(count(Outcome.SHED)).isEqualTo(6);

        clock.now = clock.now.plusSeconds(11);
        board.of("a");
        assertThat(breaker()).isEqualTo("half-open");
        board.of("a");
        board.of("a");
        assertThat(breaker()).isEqualTo("open");
        assertThat(asked).hasValue(6);

        clock.now = clock.now.plusSeconds(11);
        young = key -> "new " + key;
        assertThat(board.of("a")).isEqualTo("new a");
        assertThat(board.of("a")).isEqualTo("new a");
        assertThat(breaker()).isEqualTo("closed");
        assertThat(logged().stream().skip(1))
                .containsExactly(
                        "order-board@2 fails or is slow too often, so this node spares it and lets a few calls try it now and then; readers are answered by the old version. 'changeover fallbacks order-board' says what fails, 'changeover rollback order-board' sends all readers back",
                        "order-board@2 answers again, so this node asks it as before");
    }

    @Test
    void a_call_for_which_no_worker_is_free_waits_for_one() throws Exception {
        Board board = board(FAR, 1);
        young = key -> hang();
        ExecutorService other = Executors.newSingleThreadExecutor();
        FutureTask<String> second = new FutureTask<>(() -> board.of("second"));
        Thread waiting = new Thread(second);
        try {
            Future<String> first = other.submit(() -> board.of("first"));
            while (hung.get() < 1) {
                Thread.onSpinWait();
            }
            waiting.start();
            while (waiting.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            assertThat(hung).hasValue(1);
            never.countDown();
            assertThat(first.get()).isEqualTo("too late");
            assertThat(second.get()).isEqualTo("too late");
            assertThat(count(Outcome.ANSWERED)).isEqualTo(2);
            assertThat(count(Outcome.BUSY)).isZero();
        } finally {
            other.shutdownNow();
            waiting.interrupt();
        }
    }

    @Test
    void what_both_versions_refuse_reaches_the_caller_as_the_old_one_says_it_and_is_no_failure_of_the_new_one() {
        IOException refusal = new IOException("no such order");
        for (Duration limit : List.of(FAR, NO_LIMIT)) {
            Board board = board(limit, 1);
            young = key -> {
                throw new IllegalStateException("otherwise");
            };
            old = key -> {
                throw refusal;
            };
            for (int i = 0; i < 30; i++) {
                assertThatThrownBy(() -> board.of("a")).isSameAs(refusal);
            }
            assertThat(breaker()).isEqualTo("closed");
            assertThat(count(Outcome.REFUSED_BY_BOTH)).isEqualTo(30);
            assertThat(count(Outcome.FAILED)).isZero();
        }
        assertThat(logged()).isEmpty();
    }

    @Test
    void what_both_refuse_in_a_trial_gives_the_trial_back() throws IOException {
        Board board = board(NO_LIMIT, 1);
        young = key -> {
            throw new IllegalStateException("broken");
        };
        for (int i = 0; i < 4; i++) {
            board.of("a");
        }
        clock.now = clock.now.plusSeconds(11);
        old = key -> {
            throw new IOException("no such order");
        };
        for (int i = 0; i < 30; i++) {
            assertThatThrownBy(() -> board.of("a")).isInstanceOf(IOException.class);
        }
        assertThat(breaker()).isEqualTo("half-open");
        young = key -> "new " + key;
        assertThat(board.of("a")).isEqualTo("new a");
        assertThat(board.of("a")).isEqualTo("new a");
        assertThat(breaker()).isEqualTo("closed");
    }

    @Test
    void an_error_of_the_process_is_not_swallowed_and_a_class_that_does_not_link_is_a_failure() throws IOException {
        for (Duration limit : List.of(FAR, NO_LIMIT)) {
            Board board = board(limit, 1);
            OutOfMemoryError error = new OutOfMemoryError("gone");
            young = key -> {
                throw error;
            };
            assertThatThrownBy(() -> board.of("a")).isSameAs(error);
            young = key -> {
                throw new NoClassDefFoundError("missing");
            };
            assertThat(board.of("a")).isEqualTo("old a");
            assertThat(count(Outcome.FAILED)).isEqualTo(2);
        }
    }

    @Test
    void in_a_transaction_the_call_is_made_on_the_callers_thread() throws IOException {
        Board board = board(FAR, 1);
        young = key -> Thread.currentThread().getName();
        assertThat(board.of("a")).startsWith("changeover-guard-order-board@2-");
        TransactionSynchronizationManager.setActualTransactionActive(true);
        assertThat(board.of("a")).isEqualTo(Thread.currentThread().getName());
        young = key -> {
            throw new IllegalStateException("broken");
        };
        assertThat(board.of("a")).isEqualTo("old a");
        assertThat(count(Outcome.FAILED)).isEqualTo(1);
    }

    @Test
    void a_caller_that_is_interrupted_keeps_that_and_is_answered_by_the_old_version() throws Exception {
        Board board = board(FAR, 1);
        young = key -> hang();
        Thread.currentThread().interrupt();
        String answer = board.of("a");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(answer).isEqualTo("old a");
        assertThat(count(Outcome.INTERRUPTED)).isEqualTo(1);
        assertThat(breaker()).isEqualTo("closed");
    }

    @Test
    void what_the_callers_thread_knows_goes_along() {
        ThreadLocal<String> own = new ThreadLocal<>();
        ContextRegistry.getInstance().registerThreadLocalAccessor("fallbacks-test", own);
        try {
            Board board = board(FAR, 1);
            own.set("of the caller");
            young = key -> own.get() + ", "
                    + ReaderContext.current().orElseThrow().reader().principal();
            String answer = ReaderContext.callAs(Reader.of("r").as("ann"), () -> {
                try {
                    return board.of("a");
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(answer).isEqualTo("of the caller, ann");
        } finally {
            own.remove();
            ContextRegistry.getInstance().removeThreadLocalAccessor("fallbacks-test");
        }
    }

    @Test
    void counts_are_exact_whoever_calls_at_once() throws Exception {
        options = new FallbackOptions(
                0.01, 1, Duration.ZERO, 1, 1_000, 1_000, Duration.ofSeconds(10), 2, 8, Duration.ofDays(1));
        Board board = board(FAR, 8); // whose breaker opens only when all of 1,000 have failed
        young = key -> {
            if (key.startsWith("bad")) {
                throw new IllegalStateException("broken");
            }
            return "new " + key;
        };
        ExecutorService readers = Executors.newFixedThreadPool(8);
        Set<String> answers = ConcurrentHashMap.newKeySet();
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int reader = 0; reader < 8; reader++) {
                all.add(readers.submit(() -> {
                    for (int i = 0; i < 3_000; i++) {
                        answers.add(board.of(i % 100 == 0 ? "bad" : "good"));
                    }
                    return null;
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        } finally {
            readers.shutdownNow();
        }
        assertThat(answers).containsExactlyInAnyOrder("old bad", "new good");
        assertThat(count(Outcome.FAILED)).isEqualTo(240);
        assertThat(count(Outcome.ANSWERED)).isEqualTo(23_760);
    }

    @Test
    void a_new_changeover_begins_with_a_fresh_breaker() throws IOException {
        Board board = board(NO_LIMIT, 1);
        young = key -> {
            throw new IllegalStateException("broken");
        };
        for (int i = 0; i < 4; i++) {
            board.of("a");
        }
        assertThat(breaker()).isEqualTo("open");
        begin("c2", 2);
        assertThat(breaker()).isEqualTo("unused");
        young = key -> "new " + key;
        assertThat(board.of("a")).isEqualTo("new a");
        assertThat(breaker()).isEqualTo("closed");
        begin("c3", 3);
        assertThat(board.of("a")).isEqualTo("new a");
        assertThat(fallbacks.calls(VersionId.parse("order-board@3"), Outcome.ANSWERED))
                .isEqualTo(1);
        assertThat(count(Outcome.ANSWERED)).isEqualTo(1);
    }

    @Test
    void after_a_rollback_nobody_is_guarded() throws IOException {
        Board board = board(NO_LIMIT, 1);
        young = key -> {
            throw new IllegalStateException("broken");
        };
        board.of("a");
        AppliedRoutes.apply(
                router,
                new ChangeoverState(VIEW, 1, new Attempt("c1", 1, 2, Phase.ROLLED_BACK, 0, null, null, Instant.EPOCH)));
        assertThat(board.of("a")).isEqualTo("old a");
        assertThat(count(Outcome.FAILED)).isEqualTo(1);
    }

    @Test
    void an_answer_that_is_null_is_an_answer() throws IOException {
        for (Duration limit : List.of(FAR, NO_LIMIT)) {
            Board board = board(limit, 1);
            young = key -> null;
            assertThat(board.of("a")).isNull();
            assertThat(count(Outcome.ANSWERED)).isEqualTo(1);
        }
    }

    @Test
    void a_call_counts_against_the_budget_when_the_old_version_had_to_answer_it() {
        FallbackCounts counts = new FallbackCounts(1_990, 1, 2, 3, 4, 500, 50);
        assertThat(FallbackBudget.of(0.005, counts)).isEqualTo(new FallbackBudget(0.005, 2_000, 10, 10, 0, false));
        assertThat(FallbackBudget.of(0.0049, counts)).isEqualTo(new FallbackBudget(0.0049, 2_000, 9, 10, -1, true));
        assertThat(FallbackBudget.of(0.001, FallbackCounts.NONE))
                .isEqualTo(new FallbackBudget(0.001, 0, 0, 0, 0, false));
    }

    @Test
    void settings_out_of_bounds_are_all_named_at_once() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new FallbackOptions(
                        1.1, 0, Duration.ofSeconds(-1), Double.NaN, 0, 2, Duration.ZERO, 0, 0, Duration.ofDays(2)))
                .withMessage(
                        "errorBudget is 1.1 but must be from 0 to 1; failureShare is 0.0 but must be above 0 and up to 1; slowShare is NaN but must be above 0 and up to 1; slowCall is PT-1S but must be PT0S or longer; window is 0 but must be from 1 to 100000; minimumCalls is 2 but must be from 1 to 1; trialCalls is 0 but must be from 1 to 100000; workers is 0 but must be from 1 to 10000; openFor is PT0S but must be from PT0.01S to PT24H; flushInterval is PT48H but must be from PT0.01S to PT24H; correct the settings changeover.fallback.*");
        assertThat(FallbackOptions.defaults().errorBudget()).isEqualTo(0.001);
    }
}
