package io.changeover.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.changeover.changeover.ChangeoverState;
import io.changeover.changeover.ChangeoverState.Attempt;
import io.changeover.changeover.Phase;
import io.changeover.changeover.Pin;
import io.changeover.view.RoutingKey;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RoutingTest {

    private static final String VIEW = "order-board";

    /** Hidden in its package, as a view's interface may be. */
    interface Board {
        int version();

        int versionFor(@RoutingKey @Nullable String customer, String other);

        String failing() throws IOException;
    }

    private record Reads(int version) implements Board {

        @Override
        public int versionFor(String customer, String other) {
            return version;
        }

        @Override
        public String failing() throws IOException {
            if (version == 1) {
                throw new IOException("the old version fails");
            }
            throw new IllegalArgumentException("the new version fails");
        }
    }

    private final Router router = new Router();
    private final Board board = RoutedView.of(VIEW, Board.class, router, Map.of(1, new Reads(1), 2, new Reads(2)));

    private void at(int percent, Phase phase) {
        router.apply(new ChangeoverState(VIEW, 1, new Attempt("c1", 1, 2, phase, percent, null, null, Instant.EPOCH)));
    }

    private static String keyIn(int fromCohort, int toCohort) {
        return IntStream.range(0, 1_000_000)
                .mapToObj(i -> "reader-" + i)
                .filter(key -> Cohort.of(VIEW, key) >= fromCohort && Cohort.of(VIEW, key) < toCohort)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_view_of_which_nothing_is_known_is_not_served_yet() {
        assertThatExceptionOfType(NotServedException.class)
                .isThrownBy(board::version)
                .withMessage(
                        "View 'order-board' is not served by this node yet: it has not read which version serves; retry in a moment")
                .satisfies(refused -> assertThat(refused.view()).isEqualTo(VIEW));
        assertThat(router.state(VIEW)).isEmpty();
    }

    @Test
    void without_a_changeover_the_version_that_serves_answers() {
        router.apply(new ChangeoverState(VIEW, 2, null));

        assertThat(router.route(VIEW, "ann")).isEqualTo(2);
        assertThat(router.route(VIEW, null)).isEqualTo(2);
    }

    @Test
    void at_0_percent_the_old_version_answers_everybody() {
        at(0, Phase.SHADOWING);

        assertThat(router.route(VIEW, keyIn(0, 1))).isEqualTo(1);
    }

    @Test
    void at_a_percentage_each_reader_goes_by_cohort() {
        at(25, Phase.SHIFTING);

        assertThat(router.route(VIEW, keyIn(2490, 2500))).isEqualTo(2);
        assertThat(router.route(VIEW, keyIn(2500, 2510))).isEqualTo(1);
    }

    @Test
    void a_call_without_a_key_moves_last() {
        at(99, Phase.SHIFTING);
        assertThat(board.version()).isEqualTo(1);

        at(100, Phase.SERVING);
        assertThat(board.version()).isEqualTo(2);
    }

    @Test
    void a_closed_changeover_routes_by_the_version_that_serves() {
        at(0, Phase.ABORTED);
        assertThat(board.version()).isEqualTo(1);

        router.apply(
                new ChangeoverState(VIEW, 2, new Attempt("c1", 1, 2, Phase.COMPLETED, 100, null, null, Instant.EPOCH)));
        assertThat(board.version()).isEqualTo(2);
    }

    @Test
    void the_reader_of_the_context_decides() {
        at(50, Phase.SHIFTING);

        assertThat(ReaderContext.<Integer>call(keyIn(0, 5000), board::version)).isEqualTo(2);
        assertThat(ReaderContext.<Integer>call(keyIn(5000, 10_000), board::version))
                .isEqualTo(1);
        assertThat(ReaderContext.<Integer>call(null, board::version)).isEqualTo(1);
    }

    @Test
    void a_marked_parameter_decides_before_the_context() {
        at(50, Phase.SHIFTING);
        String old = keyIn(5000, 10_000);
        String moved = keyIn(0, 5000);

        assertThat(ReaderContext.<Integer>call(old, () -> board.versionFor(moved, old)))
                .isEqualTo(2);
        assertThat(ReaderContext.<Integer>call(moved, () -> board.versionFor(old, moved)))
                .isEqualTo(1);
        assertThat(ReaderContext.<Integer>call(moved, () -> board.versionFor(null, moved)))
                .isEqualTo(1);
    }

    @Test
    void what_the_version_throws_reaches_the_reader_as_it_is() {
        at(0, Phase.VERIFYING);
        assertThatExceptionOfType(IOException.class).isThrownBy(board::failing).withMessage("the old version fails");

        at(100, Phase.SERVING);
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(board::failing)
                .withMessage("the new version fails");
    }

    @Test
    void a_version_that_serves_without_reads_is_told() {
        router.apply(new ChangeoverState(VIEW, 3, null));

        assertThatIllegalStateException()
                .isThrownBy(board::version)
                .withMessage(
                        "Version 3 of view 'order-board' serves, but this application has no class with @Serves(view = \"order-board\", version = 3); add it or move reads to another version");
    }

    @Test
    void a_routed_view_is_an_object_of_its_own() {
        Board other = RoutedView.of(VIEW, Board.class, router, Map.of());

        assertThat(board)
                .hasToString("router of view order-board")
                .isEqualTo(board)
                .isNotEqualTo(other);
        assertThat(board.hashCode()).isEqualTo(board.hashCode());
    }

    @Test
    void a_context_knows_who_answered_in_the_order_of_the_first_calls() {
        List<String> views = List.of("zebra", "mule", "ant", "order-board", "yak", "bee");
        views.forEach(view -> router.apply(new ChangeoverState(view, 1, null)));
        ReaderContext.call("ann", () -> {
            views.forEach(view -> RoutedView.of(view, Board.class, router, Map.of(1, new Reads(1)))
                    .version());
            assertThat(ReaderContext.current().orElseThrow().served().keySet()).containsExactlyElementsOf(views);
            assertThat(ReaderContext.current().orElseThrow().served()).containsEntry("yak", 1);
            return "";
        });
    }

    @Test
    void contexts_nest_and_close() {
        router.apply(new ChangeoverState(VIEW, 1, null));

        ReaderContext.call("ann", () -> {
            assertThat(ReaderContext.currentKey()).isEqualTo("ann");
            ReaderContext.call("bob", () -> {
                assertThat(ReaderContext.currentKey()).isEqualTo("bob");
                return board.version();
            });
            assertThat(ReaderContext.currentKey()).isEqualTo("ann");
            assertThat(ReaderContext.current().orElseThrow().served()).isEmpty();
            return "";
        });
        assertThat(ReaderContext.current()).isEmpty();
        assertThat(ReaderContext.currentKey()).isNull();
    }

    @Test
    void a_context_closes_when_the_work_fails() {
        assertThatIllegalStateException()
                .isThrownBy(() -> ReaderContext.call("ann", () -> {
                    throw new IllegalStateException("no");
                }));

        assertThat(ReaderContext.current()).isEmpty();
    }

    private void at(int percent, Map<Pin, Integer> pins) {
        router.apply(new ChangeoverState(
                VIEW,
                1,
                new Attempt(
                        "c1",
                        1,
                        2,
                        percent == 0 ? Phase.SHADOWING : Phase.SHIFTING,
                        percent,
                        null,
                        null,
                        Instant.EPOCH),
                pins,
                Map.of()));
    }

    private static Reason reason(Router router, Reader reader) {
        return router.explain(VIEW, reader).reason();
    }

    @Test
    void a_pin_of_the_principal_goes_before_that_of_the_tenant_and_both_before_the_cohort() {
        at(50, Map.of(new Pin(Pin.Kind.TENANT, "acme"), 2, new Pin(Pin.Kind.PRINCIPAL, "ann"), 1));
        Reader moved = Reader.of(keyIn(0, 5000));
        Reader staying = Reader.of(keyIn(5000, 10_000));

        assertThat(ReaderContext.<Integer>callAs(staying.ofTenant("acme"), board::version))
                .isEqualTo(2);
        assertThat(ReaderContext.<Integer>callAs(moved.ofTenant("acme").as("ann"), board::version))
                .isEqualTo(1);
        assertThat(ReaderContext.<Integer>callAs(moved.ofTenant("other").as("bob"), board::version))
                .isEqualTo(2);
        assertThat(reason(router, staying.ofTenant("acme"))).isEqualTo(Reason.TENANT);
        assertThat(reason(router, moved.as("ann"))).isEqualTo(Reason.PRINCIPAL);
        assertThat(reason(router, moved)).isEqualTo(Reason.COHORT);
    }

    @Test
    void a_pin_counts_before_the_first_percent_moves() {
        at(0, Map.of(new Pin(Pin.Kind.TENANT, "acme"), 2));

        assertThat(ReaderContext.<Integer>callAs(Reader.of(keyIn(0, 1)), board::version))
                .isEqualTo(1);
        assertThat(ReaderContext.<Integer>callAs(Reader.of(null).ofTenant("acme"), board::version))
                .isEqualTo(2);
    }

    @Test
    void an_override_goes_before_pins_and_concerns_one_view() {
        at(0, Map.of(new Pin(Pin.Kind.PRINCIPAL, "ann"), 1));
        Reader ann = Reader.of("ann").as("ann");

        assertThat(ReaderContext.<Integer>callAs(ann.overriding(Map.of(VIEW, 2)), board::version))
                .isEqualTo(2);
        assertThat(ReaderContext.<Integer>callAs(ann.overriding(Map.of("other", 2)), board::version))
                .isEqualTo(1);
        assertThat(reason(router, ann.overriding(Map.of(VIEW, 2)))).isEqualTo(Reason.OVERRIDE);
    }

    @Test
    void the_configuration_of_the_node_wins_over_everything() {
        Router configured =
                new Router(view -> new ViewSettings(1, CannotFollow.LAST_KNOWN, 1, Duration.ofSeconds(1)), null);
        Board pinned = RoutedView.of(VIEW, Board.class, configured, Map.of(1, new Reads(1), 2, new Reads(2)));
        configured.apply(
                new ChangeoverState(VIEW, 1, new Attempt("c1", 1, 2, Phase.SERVING, 100, null, null, Instant.EPOCH)));

        assertThat(ReaderContext.<Integer>callAs(Reader.of("ann").overriding(Map.of(VIEW, 2)), pinned::version))
                .isEqualTo(1);
        RouteExplanation route = configured.explain(VIEW, Reader.of("ann"));
        assertThat(route.reason()).isEqualTo(Reason.CONFIGURATION);
        assertThat(route.fallback()).isNull();
        assertThat(route.shadow()).isNull();
    }

    @Test
    void a_flag_of_the_team_chooses_only_while_the_changeover_lets_some_readers_have_either() {
        List<FlagQuestion> questions = new ArrayList<>();
        Router flagged = new Router(view -> ViewSettings.PLAIN, question -> {
            questions.add(question);
            return "ann".equals(question.routingKey()) ? OptionalInt.of(2) : OptionalInt.empty();
        });
        Board chosen = RoutedView.of(VIEW, Board.class, flagged, Map.of(1, new Reads(1), 2, new Reads(2)));

        for (int percent : new int[] {0, 100}) {
            flagged.apply(new ChangeoverState(
                    VIEW, 1, new Attempt("c1", 1, 2, Phase.SERVING, percent, null, null, Instant.EPOCH)));
            assertThat(ReaderContext.<Integer>call("ann", chosen::version)).isEqualTo(percent == 0 ? 1 : 2);
        }
        assertThat(questions).isEmpty();

        flagged.apply(
                new ChangeoverState(VIEW, 1, new Attempt("c1", 1, 2, Phase.SHIFTING, 1, null, null, Instant.EPOCH)));
        assertThat(ReaderContext.<Integer>call("ann", chosen::version)).isEqualTo(2);
        assertThat(ReaderContext.<Integer>call(keyIn(9000, 10_000), chosen::version))
                .isEqualTo(1);
        assertThat(questions.get(0)).isEqualTo(new FlagQuestion(VIEW, 1, 2, 1, "ann", 8752, null, null));
        assertThat(reason(flagged, Reader.of("ann"))).isEqualTo(Reason.FLAG);
    }

    @Test
    void a_flag_that_names_a_version_outside_the_changeover_leaves_the_choice_to_the_cohort() {
        Router flagged = new Router(view -> ViewSettings.PLAIN, question -> OptionalInt.of(3));
        flagged.apply(
                new ChangeoverState(VIEW, 1, new Attempt("c1", 1, 2, Phase.SHIFTING, 50, null, null, Instant.EPOCH)));

        assertThat(reason(flagged, Reader.of("ann"))).isEqualTo(Reason.COHORT);
    }

    @Test
    void a_suspended_view_refuses_readers_until_it_is_served_again() {
        at(0, Phase.SHADOWING);
        router.suspend(VIEW, ": its node cannot follow");

        assertThatExceptionOfType(NotServedException.class)
                .isThrownBy(board::version)
                .withMessage(
                        "View 'order-board' is not served by this node: its node cannot follow; retry in a moment");
        router.suspend(VIEW, null);
        assertThat(board.version()).isEqualTo(1);
    }

    @Test
    void calls_are_counted_by_who_answered_whom_under_which_event() {
        router.apply(new ChangeoverState(VIEW, 1, null), 4);
        board.version();
        ReaderIdentity shop = new ReaderIdentity("shop", "2");
        ReaderContext.callAs(Reader.of("ann").countedAs(shop), () -> board.version() + board.version());
        router.apply(
                new ChangeoverState(VIEW, 1, new Attempt("c1", 1, 2, Phase.SERVING, 100, null, null, Instant.EPOCH)),
                9);
        board.version();

        assertThat(router.tallies())
                .containsExactlyInAnyOrder(
                        new ReadTally(VIEW, 1, Reason.SERVING, 4, ReaderIdentity.UNKNOWN, 1),
                        new ReadTally(VIEW, 1, Reason.SERVING, 4, shop, 2),
                        new ReadTally(VIEW, 2, Reason.SERVING, 9, ReaderIdentity.UNKNOWN, 1));
        assertThat(router.tallies()).isEmpty();
    }

    @Test
    void no_call_is_forgotten_however_often_the_route_changes() {
        for (int i = 0; i < 50; i++) {
            router.apply(new ChangeoverState(VIEW, 1, null), i);
            board.version();
        }

        assertThat(router.tallies().stream().mapToLong(ReadTally::calls).sum()).isEqualTo(50);
    }

    @Test
    void where_the_new_version_fails_the_guard_lets_the_old_one_answer_and_that_is_counted() {
        Guard guard = (call, version, fallback) -> {
            try {
                return new Guard.Answer(call.at(version), version);
            } catch (IllegalArgumentException e) {
                return new Guard.Answer(call.at(fallback), fallback);
            }
        };
        Board guarded = RoutedView.of(
                VIEW,
                Board.class,
                router,
                new ReadPath(null, guard, Shadow.NONE),
                Map.of(1, new Reads(1), 2, new Reads(2)));
        at(100, Phase.SERVING);

        assertThat(guarded.version()).isEqualTo(2);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(guarded::failing)
                .withMessage("the old version fails");
        ReaderContext.call("ann", () -> {
            assertThat(guarded.version()).isEqualTo(2);
            return ReaderContext.current().orElseThrow().served();
        });
        assertThat(router.tallies())
                .containsExactly(new ReadTally(VIEW, 2, Reason.SERVING, 0, ReaderIdentity.UNKNOWN, 2));
    }

    @Test
    void every_call_is_compared_where_the_share_is_all_and_none_where_it_is_nothing() {
        List<String> compared = new ArrayList<>();
        Shadow shadow = (call, version, other, answer, nanos) ->
                compared.add("%s %d %d %s".formatted(call.method().getName(), version, other, answer));
        Router sampling = new Router(view -> new ViewSettings(null, CannotFollow.LAST_KNOWN, 1, Duration.ZERO), null);
        Board shadowed = RoutedView.of(
                VIEW,
                Board.class,
                sampling,
                new ReadPath(null, Guard.NONE, shadow),
                Map.of(1, new Reads(1), 2, new Reads(2)));

        sampling.apply(new ChangeoverState(VIEW, 1, null));
        shadowed.version();
        sampling.apply(
                new ChangeoverState(VIEW, 1, new Attempt("c1", 1, 2, Phase.BACKFILLING, 0, null, null, Instant.EPOCH)));
        shadowed.version();
        assertThat(compared).isEmpty();
        sampling.apply(
                new ChangeoverState(VIEW, 1, new Attempt("c1", 1, 2, Phase.VERIFYING, 0, null, null, Instant.EPOCH)));
        shadowed.version();
        sampling.apply(
                new ChangeoverState(VIEW, 1, new Attempt("c1", 1, 2, Phase.SERVING, 100, null, null, Instant.EPOCH)));
        shadowed.version();
        assertThat(compared).containsExactly("version 1 2 1", "version 2 1 2");
    }

    @Test
    void every_exception_of_a_reader_is_told_and_some_plain_calls_are_timed() {
        List<String> failed = new ArrayList<>();
        List<Integer> timed = new ArrayList<>();
        ReadTimes times = new ReadTimes() {
            @Override
            public void took(String view, int version, long nanos) {
                timed.add(version);
            }

            @Override
            public void failed(String view, int version) {
                failed.add(view + "@" + version);
            }
        };
        Board told = RoutedView.of(
                VIEW,
                Board.class,
                router,
                new ReadPath(null, Guard.NONE, Shadow.NONE, times),
                Map.of(1, new Reads(1), 2, new Reads(2)));
        router.apply(new ChangeoverState(VIEW, 2, null));

        for (int call = 0; call < 100; call++) {
            assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(told::failing);
        }
        assertThat(failed).hasSize(100).containsOnly("order-board@2");
        assertThat(timed).isEmpty();
        while (timed.isEmpty()) {
            told.version();
        }
        assertThat(timed).containsExactly(2);
        assertThat(failed).hasSize(100);
        assertThat(router.tallies()).singleElement().satisfies(tally -> assertThat(tally.calls())
                .isGreaterThanOrEqualTo(1));
    }
}
