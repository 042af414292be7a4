package io.changeover.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.event.EventType;
import io.changeover.sensitive.Sensitive;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EqualityTest {

    @EventType(name = "thing.made")
    record Made(String id) {}

    /** Half an answer, as a team would write it. */
    static class Halved implements Normaliser {

        @Override
        public @Nullable Object normalise(@Nullable Object value) {
            return value == null ? null : ((Long) value) / 2;
        }
    }

    record Part(String name, BigDecimal amount) {}

    record Entry(
            @Key String id,
            @Nullable @Normalised({Normalisation.SINGLE_SPACES, Normalisation.EMPTY_IS_NULL}) String text,
            @Tolerance(absolute = "0.5", relative = "0.1", reason = "rounded") double measure,
            @Tolerance(absolute = "2") long count,
            @Tolerance(absolute = "PT1S") Instant at,
            @Normalised(value = Normalisation.SECONDS, reason = "kept to the second") Instant cut,
            @Normalised(by = Halved.class) long half,
            @Unordered List<Part> parts,
            Map<String, BigDecimal> prices,
            @NotCompared("not ours") @Nullable String other) {}

    @View(name = "thing", version = 1)
    static class Thing {
        @Fold
        Entry on(Made event) {
            return example(event.id());
        }

        @Canonical
        Entry entry(Entry row) {
            return row;
        }
    }

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00.250Z");

    private final Equality equality = FoldedVersion.of(new Thing()).canonical().equality();

    private static Entry example(String id) {
        return new Entry(
                id,
                "a b",
                10,
                100,
                NOON,
                NOON,
                7,
                List.of(new Part("x", new BigDecimal("1.0")), new Part("y", new BigDecimal("2"))),
                Map.of("eur", new BigDecimal("1.10")),
                "one");
    }

    @Test
    void values_that_the_rules_take_for_equal_are_equal() {
        Entry other = new Entry(
                "1",
                "a \t b",
                11.1,
                102,
                NOON.plusMillis(1_000),
                NOON.plusMillis(700),
                6,
                List.of(new Part("y", new BigDecimal("2.00")), new Part("x", new BigDecimal("1"))),
                Map.of("eur", new BigDecimal("1.1")),
                null);
        assertThat(equality.differing(example("1"), other)).isEmpty();
    }

    @Test
    void values_just_beyond_the_rules_differ_field_by_field() {
        Entry other = new Entry(
                "2",
                null,
                11.2,
                103,
                NOON.plusMillis(1_001),
                NOON.plusMillis(750),
                8,
                List.of(new Part("y", new BigDecimal("2")), new Part("y", new BigDecimal("2"))),
                Map.of("eur", new BigDecimal("1.11")),
                "two");
        assertThat(equality.differing(example("1"), other)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
    }

    @Test
    void every_rule_is_told() {
        assertThat(equality.rules())
                .containsExactly(
                        "text is compared with single spaces, empty as none",
                        "measure is equal within 0.5 or 0.1 of the value that is farther from zero: rounded",
                        "count is equal within 2",
                        "at is equal within PT1S",
                        "cut is compared cut to seconds: kept to the second",
                        "half is compared by Halved",
                        "parts is compared without regard to order",
                        "other is not compared: not ours");
    }

    @Test
    void what_is_not_finite_is_equal_only_to_itself() {
        assertThat(Equality.sameValue(Double.NaN, Double.NaN)).isTrue();
        assertThat(Equality.sameValue(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY))
                .isTrue();
        assertThat(Equality.sameValue(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY))
                .isFalse();
        assertThat(Equality.sameValue(Double.NaN, 1.0)).isFalse();
        assertThat(Equality.sameValue(-0.0, 0.0)).isTrue();
        assertThat(Equality.sameValue(new int[] {1, 2}, new int[] {1, 2})).isTrue();
        assertThat(Equality.sameValue(null, "")).isFalse();
    }

    record Wrong(
            @Key @Unordered String id,
            @Tolerance(absolute = "much") long count,
            @Tolerance long bare,
            @Tolerance(relative = "0.1") Instant at,
            @Normalised(Normalisation.TRIMMED) long number,
            @Normalised String nothing,
            @NotCompared(" ") String silent) {}

    @View(name = "wrong", version = 1)
    static class WrongRules {
        @Fold
        Wrong on(@Nullable Wrong row, Made event) {
            return row == null ? new Wrong("", 0, 0, NOON, 0, "", "") : row;
        }

        @Canonical
        Wrong wrong(Wrong row) {
            return row;
        }
    }

    @Test
    void rules_that_cannot_be_are_refused_all_at_once() {
        assertThatThrownBy(() -> FoldedVersion.of(new WrongRules()))
                .isInstanceOf(InvalidViewException.class)
                .hasMessageContainingAll(
                        "component 'id' of the canonical record is part of the key, which is compared as it is; remove the rule",
                        "component 'id' of the canonical record is @Unordered but no collection; remove the annotation",
                        "component 'count' of the canonical record has absolute tolerance 'much' but it must be a number that is not negative; correct it",
                        "component 'bare' of the canonical record has a @Tolerance without a bound; give one, or remove the annotation",
                        "component 'at' of the canonical record has a relative @Tolerance but is an instant; give an absolute one such as PT1S",
                        "component 'number' of the canonical record is normalised as TRIMMED, which does not fit its type; remove that",
                        "component 'nothing' of the canonical record is @Normalised in no way; name one, or remove the annotation",
                        "component 'silent' of the canonical record is @NotCompared without a reason; say why a difference means nothing");
    }

    record Misplaced(@Key String id, @NotCompared("never mind") String text) {}

    record Right(@Key String id, String text) {}

    @View(name = "wrong", version = 2)
    static class RuleOnTheRow {
        @Fold
        Misplaced on(@Nullable Misplaced row, Made event) {
            return new Misplaced(event.id(), "");
        }

        @Canonical
        @CanonicalSql({"text = text || ''", "text = text", "colour = 1", "nonsense"})
        Right right(Misplaced row) {
            return new Right(row.id(), row.text());
        }
    }

    @View(name = "wrong", version = 3)
    static class UntoldComponent {

        record Row(@Key String id, int text) {}

        @Fold
        Row on(@Nullable Row row, Made event) {
            return new Row(event.id(), 1);
        }

        @Canonical
        @CanonicalSql
        Right right(Row row) {
            return new Right(row.id(), "" + row.text());
        }
    }

    @Test
    void rules_on_rows_and_sql_that_names_nothing_are_refused() {
        assertThatThrownBy(() -> FoldedVersion.of(new RuleOnTheRow()))
                .hasMessageContainingAll(
                        "component 'text' of row 'Misplaced' has @NotCompared, but rows are compared as canonical records; move it to 'Right'",
                        "@CanonicalSql names 'text' twice; remove one",
                        "@CanonicalSql names 'colour' but canonical record 'Right' has no such component; correct the name",
                        "@CanonicalSql has 'nonsense' but must have 'name = expression'; correct it");
        assertThatThrownBy(() -> FoldedVersion.of(new UntoldComponent()))
                .hasMessageContaining(
                        "@CanonicalSql does not name 'text', and row 'Row' has no component of that name and type; give its expression, or remove @CanonicalSql");
    }

    record Address(String street, @Sensitive String door) {}

    record Person(@Key String id, @Sensitive String name, List<Address> homes, String town) {}

    @View(name = "person", version = 1)
    static class Persons {
        @Fold
        Person on(@Nullable Person row, Made event) {
            return new Person(event.id(), "", List.of(), "");
        }

        @Canonical
        Person person(Person row) {
            return row;
        }
    }

    @Test
    void a_component_that_holds_something_sensitive_is_sensitive() {
        assertThat(FoldedVersion.of(new Persons()).rows().columns())
                .filteredOn(Column::sensitive)
                .extracting(Column::component)
                .containsExactly("name", "homes");
    }
}
