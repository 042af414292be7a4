package io.changeover.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.changeover.changeover.ChangeoverState;
import io.changeover.changeover.ChangeoverState.Attempt;
import io.changeover.changeover.Phase;
import io.changeover.view.RoutingKey;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
        at(0, Phase.VERIFIED);

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
        at(0, Phase.LIVE);
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
}
