package io.changeover.shadow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.event.EventType;
import io.changeover.parity.Masks;
import io.changeover.sensitive.Sensitive;
import io.changeover.view.Canonical;
import io.changeover.view.CanonicalForm;
import io.changeover.view.Fold;
import io.changeover.view.FoldedVersion;
import io.changeover.view.Key;
import io.changeover.view.NotCompared;
import io.changeover.view.View;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AnswerComparisonTest {

    @EventType(name = "seat.taken")
    record Taken(String show) {}

    record Seat(@Key String show, @Sensitive String guest, long cents, @NotCompared("a guess") int mood) {}

    @View(name = "seats", version = 1)
    static class Seats {
        @Fold
        Seat taken(Taken event) {
            return new Seat(event.show(), "", 0, 0);
        }

        @Canonical
        Seat canonical(Seat row) {
            return row;
        }
    }

    @EventType(name = "line.taken")
    record LineTaken(String order, int line) {}

    record Line(@Key String order, @Key int line, long cents) {}

    @View(name = "lines", version = 1)
    static class Lines {
        @Fold
        Line taken(LineTaken event) {
            return new Line(event.order(), event.line(), 0);
        }

        @Canonical
        Line canonical(Line row) {
            return row;
        }
    }

    /** What readers ask; only its methods matter. */
    interface Reads {
        List<Seat> all();

        Stream<Seat> stream();

        Iterator<Seat> iterator();

        @Sensitive
        String guest();

        Object anything();
    }

    private final CanonicalForm form = FoldedVersion.of(new Seats()).canonical();
    private final Answers answers = new Answers(form, JsonMapper.builder().build());
    private final AnswerComparison comparison = new AnswerComparison(form);

    private static Seat seat(String show, long cents) {
        return new Seat(show, "guest of " + show, cents, 0);
    }

    private Set<String> kinds(@Nullable Object older, @Nullable Object newer) {
        return comparison.of(answers.of(older), answers.of(newer)).kinds();
    }

    @Test
    void records_are_compared_field_by_field_by_the_rules_of_the_view() {
        assertThat(kinds(Optional.of(seat("a", 1)), Optional.of(seat("a", 1)))).isEmpty();
        assertThat(kinds(Optional.of(seat("a", 1)), Optional.of(seat("a", 2)))).containsExactly("field:cents");
        assertThat(kinds(seat("a", 1), new Seat("a", "x", 2, 9))).containsExactly("field:cents", "field:guest");
        assertThat(kinds(new Seat("a", "x", 2, 1), new Seat("a", "x", 2, 9))).isEmpty();
        assertThat(kinds(Optional.of(seat("a", 1)), Optional.empty())).containsExactly("missing");
        assertThat(kinds(null, seat("a", 1))).containsExactly("extra");
    }

    @Test
    void lists_have_an_order_and_sets_and_maps_have_none() {
        List<Seat> list = List.of(seat("a", 1), seat("b", 2), seat("c", 3));
        List<Seat> turned = List.of(seat("b", 2), seat("a", 1), seat("c", 3));
        assertThat(kinds(list, new ArrayList<>(list))).isEmpty();
        assertThat(kinds(list.toArray(), list)).isEmpty();
        assertThat(kinds(list, turned)).containsExactly("order");
        assertThat(kinds(Set.copyOf(list), new HashSet<>(turned))).isEmpty();
        assertThat(kinds(list, list.subList(0, 2))).containsExactly("missing");
        assertThat(kinds(list.subList(1, 3), list)).containsExactly("extra");
        assertThat(kinds(list, List.of(seat("a", 1), seat("b", 2), seat("d", 3))))
                .containsExactly("missing", "extra");
        assertThat(kinds(List.of(seat("a", 1), seat("a", 1)), List.of(seat("a", 1))))
                .containsExactly("missing");
        Map<String, Object> map = new LinkedHashMap<>(Map.of("x", seat("a", 1), "y", 5));
        assertThat(kinds(map, new TreeMap<>(map))).isEmpty();
        assertThat(kinds(map, Map.of("x", seat("a", 2), "y", 6, "z", 7)))
                .containsExactly("extra", "value", "field:cents");
    }

    @Test
    void anything_else_is_compared_by_what_it_says() {
        assertThat(kinds(5, 5L)).isEmpty();
        assertThat(kinds(new BigDecimal("1.50"), 1.5)).isEmpty();
        assertThat(kinds(OptionalLong.of(3), 3)).isEmpty();
        assertThat(kinds(5, 6)).containsExactly("value");
        assertThat(kinds(Double.NaN, Double.NaN)).isEmpty();
        assertThat(kinds("5", 5)).containsExactly("value");
        assertThat(kinds(List.of("a", "b"), List.of("b", "a"))).containsExactly("order");
        assertThat(kinds(List.of("a", "b"), List.of("a", "c"))).containsExactly("value");
        assertThat(kinds(Map.of("n", List.of(1, 2)), Map.of("n", List.of(1.0, 2))))
                .isEmpty();
        assertThatThrownBy(() -> answers.of(List.of(new Object())))
                .isInstanceOf(NotComparableException.class)
                .hasMessage("An answer of type 'java.lang.Object' has no form as JSON");
    }

    @Test
    void what_can_be_used_only_once_is_never_compared() throws NoSuchMethodException {
        assertThat(Answers.comparable(method("all"), List.of())).isTrue();
        assertThat(Answers.comparable(method("stream"), null)).isFalse();
        assertThat(Answers.comparable(method("iterator"), null)).isFalse();
        assertThat(Answers.comparable(method("anything"), 5)).isTrue();
        assertThat(Answers.comparable(method("anything"), Stream.of(5))).isFalse();
    }

    private static Method method(String name) throws NoSuchMethodException {
        return Reads.class.getDeclaredMethod(name);
    }

    @Test
    void homes_in_flight_are_left_out_and_may_shift_the_end_of_a_list_by_as_many_rows() {
        List<Seat> older = List.of(seat("a", 1), seat("b", 2), seat("c", 3));
        List<Seat> newer = List.of(seat("a", 1), seat("c", 3), seat("d", 4));
        assertThat(certain(older, newer, Set.of("b"))).isEmpty();
        assertThat(certain(older, newer, Set.of("x"))).containsExactly("missing", "extra");
        assertThat(certain(older, List.of(seat("a", 1), seat("c", 4), seat("d", 4)), Set.of("b")))
                .containsExactly("field:cents");
        assertThat(certain(older, List.of(seat("a", 1), seat("c", 3), seat("d", 4), seat("e", 5)), Set.of("b")))
                .containsExactly("extra");
        assertThat(certain(older, List.of(seat("c", 3), seat("a", 1)), Set.of("b")))
                .containsExactly("order");
        assertThat(certain(Optional.of(seat("a", 1)), Optional.empty(), Set.of("a")))
                .isEmpty();
        assertThat(certain(Optional.of(seat("a", 1)), Optional.empty(), Set.of("b")))
                .containsExactly("missing");
        assertThat(certain(Set.of(seat("a", 1)), Set.of(seat("b", 1)), Set.of("b")))
                .containsExactly("missing");
    }

    private Set<String> certain(Object older, Object newer, Set<String> homes) {
        return kinds(comparison.certain(answers.of(older), answers.of(newer), homes));
    }

    private static Set<String> kinds(@Nullable Comparison comparison) {
        return comparison == null ? Set.of() : comparison.kinds();
    }

    @Test
    void a_window_on_two_states_that_differ_only_in_homes_in_flight_is_never_called_different() {
        for (int seed = 0; seed < 3_000; seed++) {
            Random random = new Random(seed);
            Map<String, Seat> older = new HashMap<>();
            for (int i = 0; i < 30; i++) {
                older.put("s" + i, seat("s" + i, random.nextInt(40)));
            }
            Map<String, Seat> newer = new HashMap<>(older);
            Set<String> homes = new HashSet<>();
            for (int i = 0; i <= random.nextInt(4); i++) {
                String home = "s" + random.nextInt(35); // some of them new
                homes.add(home);
                if (random.nextInt(3) == 0) {
                    newer.remove(home);
                } else {
                    newer.put(home, seat(home, random.nextInt(40)));
                }
            }
            int offset = random.nextBoolean() ? 0 : random.nextInt(10);
            int limit = 1 + random.nextInt(15);
            long least = random.nextInt(20);
            assertThat(certain(window(older, least, offset, limit), window(newer, least, offset, limit), homes))
                    .as("seed %d", seed)
                    .isEmpty();
        }
    }

    @Test
    void a_wrong_row_that_is_not_in_flight_is_found_beside_those_that_are() {
        for (int seed = 0; seed < 1_000; seed++) {
            Random random = new Random(seed);
            Map<String, Seat> older = new HashMap<>();
            for (int i = 0; i < 30; i++) {
                older.put("s" + i, seat("s" + i, 100L * i));
            }
            Map<String, Seat> newer = new HashMap<>(older);
            String home = "s" + random.nextInt(30);
            newer.put(home, seat(home, random.nextInt(3_000)));
            String wrong = "s" + (12 + random.nextInt(6));
            if (wrong.equals(home)) {
                continue;
            }
            newer.put(
                    wrong,
                    new Seat(
                            wrong,
                            "liar",
                            Objects.requireNonNull(older.get(wrong)).cents(),
                            0));
            assertThat(certain(window(older, 0, 5, 20), window(newer, 0, 5, 20), Set.of(home)))
                    .as("seed %d", seed)
                    .containsExactly("field:guest");
        }
    }

    private static List<Seat> window(Map<String, Seat> rows, long least, int offset, int limit) {
        return rows.values().stream()
                .filter(seat -> seat.cents() >= least)
                .sorted(Comparator.comparing(Seat::cents).thenComparing(Seat::show))
                .skip(offset)
                .limit(limit)
                .toList();
    }

    @Test
    void homes_of_many_rows_shift_a_list_by_many() {
        CanonicalForm lines = FoldedVersion.of(new Lines()).canonical();
        Answers parts = new Answers(lines, JsonMapper.builder().build());
        AnswerComparison byLine = new AnswerComparison(lines);
        List<Line> older = List.of(new Line("a", 1, 1), new Line("a", 2, 1), new Line("b", 1, 1), new Line("c", 1, 1));
        List<Line> newer = List.of(new Line("b", 1, 1), new Line("c", 1, 1), new Line("d", 1, 1), new Line("d", 2, 1));
        assertThat(kinds(byLine.certain(parts.of(older), parts.of(newer), Set.of("a"))))
                .isEmpty();
        List<Line> wrong = List.of(new Line("b", 1, 9), new Line("c", 1, 1), new Line("d", 1, 1), new Line("d", 2, 1));
        assertThat(kinds(byLine.certain(parts.of(older), parts.of(wrong), Set.of("a"))))
                .containsExactly("field:cents");
    }

    @Test
    void what_is_shown_masks_what_is_sensitive_and_texts_of_which_nothing_is_known() throws NoSuchMethodException {
        ShownAnswers shown = shown(method("anything"));
        Answer answer = answers.of(List.of(seat("a", 1)));
        assertThat(shown.side(1, answer.items()).toString())
                .matches("\\{items=1, differing=\\[\\{show=a, guest=masked:[0-9a-f]{8}, cents=1, mood=0}]}");
        List<@Nullable Object> arguments = new ArrayList<>(List.of("a", "ann", 5, true, Thread.State.NEW));
        arguments.add(null);
        assertThat(shown.arguments(arguments, answer.items(), List.of()).toString())
                .matches("\\[a, masked:[0-9a-f]{8}, 5, true, NEW, null]");
        assertThat(shown.side(1, answers.of(Map.of("ann", "secret")).items()).toString())
                .matches("\\{items=1, differing=\\[\\{label=masked:[0-9a-f]{8}, value=masked:[0-9a-f]{8}}]}");
        assertThat(shown.side(1, answers.of(17).items()).toString()).isEqualTo("{items=1, differing=[17]}");
        assertThat(shown(method("guest")).side(1, answers.of(17).items()).toString())
                .matches("\\{items=1, differing=\\[masked:[0-9a-f]{8}]}");
    }

    private ShownAnswers shown(Method method) {
        return new ShownAnswers(form, List.of(form.shape()), answers, new Masks(7), method);
    }
}
