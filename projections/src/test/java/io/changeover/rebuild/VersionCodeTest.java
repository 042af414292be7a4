package io.changeover.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.catalog.EventDomain;
import io.changeover.catalog.EventDomains;
import io.changeover.event.EventTypes;
import io.changeover.upcast.EventReader;
import io.changeover.upcast.EventSteps;
import io.changeover.view.FoldedVersion;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Two releases of one view, of which the second differs in one place. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class VersionCodeTest {

    private static final String SOURCE =
            """
            package shop.stock;

            import io.changeover.catalog.EventDomain;
            import io.changeover.event.EventType;
            import io.changeover.upcast.EventStep;
            import io.changeover.view.*;
            import java.util.*;
            import org.jspecify.annotations.Nullable;

            public class Stock implements EventDomain {
                public String name() { return "stock"; }
                public String owner() { return "the test"; }
                public List<Class<?>> events() {
                    return List.of(Added.class, Taken.class, Named.class, Counted.class);
                }
                public List<EventStep> steps() {
                    return List.of(
                            EventStep.from("item.counted", 1).to(2, payload -> payload
                                    .rename("id", "item").rename("number", "count")),
                            EventStep.from("item.counted", 2).to(3, payload -> payload.add("by", "nobody")));
                }

                @EventType(name = "item.added") public record Added(String item, int count) {}
                @EventType(name = "item.taken") public record Taken(String item, int count) {}
                @EventType(name = "item.named") public record Named(String item, String text) {}
                @EventType(name = "item.counted", revision = 3) public record Counted(String item, int count, String by) {}

                public record Entry(@Key String item, int count) {}

                static class Texts {
                    static String clean(String text) { return text.strip(); }
                }

                @View(name = "stock", version = 1)
                public static class StockV1 {
                    private static final Map<String, Integer> FIRST = new TreeMap<>(Map.of("apple", 10));
                    private int uses;

                    public record Row(@Key String item, int count, String name) {
                        public Row {
                            if (count < -1000) { throw new IllegalArgumentException("too few"); }
                        }
                    }

                    @Fold public Row added(@Nullable Row row, Added event) {
                        return sum(row, event.item(), event.count() + FIRST.getOrDefault(event.item(), 0));
                    }
                    @Fold public Row taken(@Nullable Row row, Taken event) {
                        return sum(row, event.item(), -event.count());
                    }
                    @Fold public Row named(Row row, Named event) {
                        return new Row(row.item(), row.count(),
                                Optional.of(event.text()).map(text -> Texts.clean(text)).orElse(""));
                    }
                    @Fold public Row counted(Row row, Counted event) {
                        return new Row(row.item(), event.count(), row.name());
                    }
                    private Row sum(@Nullable Row row, String item, int count) {
                        return row == null ? new Row(item, count, "") : new Row(item, row.count() + count, row.name());
                    }
                    @Canonical public Entry entry(Row row) {
                        return new Entry(row.item(), row.count());
                    }
                }
            }
            """;

    @TempDir
    Path folder;

    private VersionCode code(String source) {
        Compiled release = Compiled.release(folder, "shop.stock.Stock", source);
        EventDomain domain = (EventDomain) release.make("shop.stock.Stock");
        EventDomains domains = new EventDomains(List.of(domain));
        EventTypes types = EventTypes.of(domain.events());
        EventSteps steps = EventSteps.of(domains.steps(), types);
        return VersionCode.of(
                FoldedVersion.of(release.make("shop.stock.Stock$StockV1")),
                domains,
                steps,
                new EventReader(types, steps, JsonMapper.builder().build()));
    }

    private static String with(String before, String after) {
        assertThat(SOURCE).contains(before);
        return SOURCE.replace(before, after);
    }

    /** Names of the parts that differ once the text is replaced. */
    private Set<String> changed(String before, String after) {
        Map<String, String> old = code(SOURCE).parts();
        Map<String, String> fresh = code(with(before, after)).parts();
        Set<String> changed = new TreeSet<>();
        Set<String> all = new TreeSet<>(old.keySet());
        all.addAll(fresh.keySet());
        all.stream()
                .filter(part -> !fresh.getOrDefault(part, "").equals(old.get(part)))
                .forEach(changed::add);
        return changed;
    }

    /** Whether the event touches the same homes after the text is replaced. */
    private boolean sameHomes(String event, String before, String after) {
        HomeReading old = code(SOURCE).events().get(event).homes();
        return code(with(before, after)).events().get(event).homes().findsTheHomesOf(old);
    }

    @Test
    void the_same_source_has_the_same_code_and_asks_nothing_outside_of_it() {
        assertThat(changed("the test", "the test")).isEmpty();
        assertThat(code(SOURCE).events().values())
                .allSatisfy(event -> assertThat(event.outside()).isEmpty());
    }

    @Test
    void comments_line_numbers_and_methods_that_no_fold_calls_do_not_matter() {
        assertThat(
                        changed(
                                "private static final Map",
                                """
                        // Another method with a lambda, so that the lambdas after it get other numbers.
                        static Runnable unused() { return () -> new ArrayList<String>().add("unused"); }

                        private static final Map"""))
                .isEmpty();
    }

    @Test
    void a_changed_fold_concerns_its_event_alone() {
        assertThat(changed("row.item(), event.count(), row.name()", "row.item(), event.count() + 1, row.name()"))
                .containsExactly("fold item.counted");
    }

    @Test
    void a_changed_helper_concerns_the_events_whose_folds_call_it() {
        assertThat(changed("row.count() + count, row.name()", "row.count() + 2 * count, row.name()"))
                .containsExactly("fold item.added", "fold item.taken");
    }

    @Test
    void the_body_of_a_lambda_and_what_another_class_does_belong_to_the_fold() {
        assertThat(changed("map(text -> Texts.clean(text))", "map(text -> Texts.clean(text) + '!')"))
                .containsExactly("fold item.named");
        assertThat(changed("return text.strip();", "return text.trim();")).containsExactly("fold item.named");
    }

    @Test
    void the_value_of_a_field_belongs_to_the_folds_that_read_it() {
        assertThat(changed("Map.of(\"apple\", 10)", "Map.of(\"apple\", 11)")).containsExactly("fold item.added");
    }

    @Test
    void what_the_constructor_of_the_row_does_concerns_every_event() {
        assertThat(changed("count < -1000", "count < -2000"))
                .containsExactly(
                        "canonical", "fold item.added", "fold item.counted", "fold item.named", "fold item.taken");
    }

    @Test
    void another_column_is_another_table() {
        assertThat(changed("int count, String name) {", "int count, @Nullable String name) {"))
                .contains("rows");
    }

    @Test
    void the_canonical_form_concerns_no_row() {
        assertThat(changed("new Entry(row.item(), row.count())", "new Entry(row.item(), row.count() * 10)"))
                .containsExactly("canonical");
    }

    @Test
    void an_event_that_takes_its_key_from_elsewhere_may_touch_other_homes() {
        String by = "@Fold(key = \"text\") public Row named(";
        assertThat(changed("@Fold public Row named(", by)).containsExactly("fold item.named", "home item.named");
        assertThat(sameHomes("item.named", "@Fold public Row named(", by)).isFalse();
    }

    @Test
    void another_component_of_an_event_changes_its_fold_but_not_its_homes() {
        String before = "record Taken(String item, int count) {}";
        String after = "record Taken(String item, int count, String reason) {}";
        assertThat(changed(before, after)).containsExactly("fold item.taken", "home item.taken");
        assertThat(sameHomes("item.taken", before, after)).isTrue();
    }

    @Test
    void a_class_that_makes_its_key_itself_may_touch_other_homes() {
        String before = "record Taken(String item, int count) {}";
        assertThat(sameHomes(
                        "item.taken",
                        before,
                        "record Taken(String item, int count) { public Taken { item = item.strip(); } }"))
                .isFalse();
        assertThat(sameHomes(
                        "item.taken",
                        before,
                        "record Taken(String item, int count) { public String item() { return item.strip(); } }"))
                .isFalse();
        assertThat(sameHomes(
                        "item.taken",
                        before,
                        "record Taken(@com.fasterxml.jackson.annotation.JsonAlias(\"i\") String item, int count) {}"))
                .isFalse();
    }

    @Test
    void a_further_step_changes_what_the_fold_sees_and_no_home_while_it_leaves_the_key_alone() {
        String before = "payload.add(\"by\", \"nobody\")";
        String after = "payload.add(\"by\", \"somebody\")";
        assertThat(changed(before, after)).containsExactly("fold item.counted", "home item.counted");
        assertThat(sameHomes("item.counted", before, after)).isTrue();
        assertThat(code(SOURCE).events().get("item.counted").homes().fields())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("item.counted@1", "id", "item.counted@2", "item", "item.counted@3", "item"));
    }

    @Test
    void a_step_that_takes_the_key_from_elsewhere_may_lead_to_other_homes() {
        assertThat(sameHomes("item.counted", "rename(\"id\", \"item\")", "rename(\"article\", \"item\")"))
                .isFalse();
        assertThat(sameHomes(
                        "item.counted",
                        "payload.add(\"by\", \"nobody\")",
                        "payload.add(\"by\", \"nobody\").custom(\"tidy\", p -> {}, p -> {})"))
                .isFalse();
    }

    @Test
    void a_fold_that_asks_for_something_that_is_not_code_proves_nothing() {
        VersionCode clock = code(with(
                "new Row(row.item(), event.count(), row.name())",
                "new Row(row.item(), event.count(), row.name() + java.time.LocalDate.now() + System.getenv(\"X\"))"));
        assertThat(clock.events().get("item.counted").outside())
                .containsExactly("java.lang.System.getenv", "java.time.LocalDate.now");
        assertThat(clock.events().get("item.taken").outside()).isEmpty();
    }

    @Test
    void steps_that_no_domain_here_declares_prove_nothing() {
        Compiled release = Compiled.release(folder, "shop.stock.Stock", SOURCE);
        EventDomain domain = (EventDomain) release.make("shop.stock.Stock");
        EventTypes types = EventTypes.of(domain.events());
        EventSteps later = EventSteps.of(domain.steps(), types);
        VersionCode code = VersionCode.of(
                FoldedVersion.of(release.make("shop.stock.Stock$StockV1")),
                new EventDomains(List.of(domain)),
                later,
                new EventReader(types, later, JsonMapper.builder().build()));
        assertThat(code.events().get("item.counted").outside()).containsExactly("the steps of a later release");
        assertThat(code.events().get("item.added").outside()).isEmpty();
    }

    @Test
    void a_parent_may_call_what_the_class_overrides() {
        String source = with("public static class StockV1 {", "public static class StockV1 extends Base {")
                .replace(
                        "static class Texts {",
                        """
                        static abstract class Base {
                            abstract int bonus();
                            int total(int count) { return count + bonus(); }
                        }

                        static class Texts {""")
                .replace("new Row(row.item(), event.count(), row.name())", "new Row(row.item(), total(1), row.name())")
                .replace("@Canonical public", "int bonus() { return 1; }\n@Canonical public");
        assertThat(code(source.replace("return 1;", "return 2;"))
                        .events()
                        .get("item.counted")
                        .fold())
                .isNotEqualTo(code(source).events().get("item.counted").fold());
    }

    @Test
    void a_fold_that_reads_a_field_which_others_write_depends_on_all_of_the_class() {
        String source = with(
                "return new Row(row.item(), event.count(), row.name());",
                "return new Row(row.item(), event.count() + uses, row.name());");
        String other = source.replace("-event.count()", "-event.count() - 1");
        assertThat(code(other).events().get("item.counted").fold())
                .isNotEqualTo(code(source).events().get("item.counted").fold());
    }
}
