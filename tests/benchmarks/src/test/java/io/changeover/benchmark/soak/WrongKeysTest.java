package io.changeover.benchmark.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.benchmark.soak.WrongKeys.Judgement;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WrongKeysTest {

    private final WrongKeys keys = new WrongKeys();

    /** Key a is wrong from 20 to 59, key b is never amended. */
    @BeforeEach
    void happen() {
        keys.add("10 invoice.issued a");
        keys.add("11 invoice.issued b");
        keys.add("20 invoice.amended a");
        keys.add("30 invoice.amended a");
        keys.add("40 invoice.paid b");
        keys.add("60 invoice.withdrawn a");
    }

    @Test
    void a_key_must_be_found_where_it_is_wrong_and_nothing_happens_to_it() {
        assertThat(keys.judge(35, 50, Set.of("a"))).isEqualTo(new Judgement(Set.of("a"), Set.of(), Set.of()));
        assertThat(keys.judge(35, 50, Set.of())).isEqualTo(new Judgement(Set.of("a"), Set.of("a"), Set.of()));
        assertThat(keys.judge(20, 20, Set.of()).missed()).containsExactly("a");
    }

    @Test
    void a_key_to_which_something_happens_may_be_found_or_not() {
        for (Set<String> found : Set.of(Set.<String>of(), Set.of("a"))) {
            assertThat(keys.judge(15, 25, found)).isEqualTo(new Judgement(Set.of(), Set.of(), Set.of()));
            assertThat(keys.judge(25, 30, found)).isEqualTo(new Judgement(Set.of(), Set.of(), Set.of()));
            assertThat(keys.judge(50, 60, found)).isEqualTo(new Judgement(Set.of(), Set.of(), Set.of()));
        }
    }

    @Test
    void nothing_else_may_be_found() {
        assertThat(keys.judge(10, 19, Set.of("a")).wrong()).containsExactly("a");
        assertThat(keys.judge(60, 70, Set.of("a")).wrong()).containsExactly("a");
        assertThat(keys.judge(35, 50, Set.of("a", "b", "c")).wrong()).containsExactly("b", "c");
    }

    @Test
    void tells_when_a_key_was_amended_first() {
        assertThat(keys.histories().get("a").amended()).isEqualTo(20);
        assertThat(keys.histories().get("b").amended()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void an_event_that_comes_late_counts_at_its_position() {
        keys.add("15 invoice.amended b");

        assertThat(keys.histories().get("b").amended()).isEqualTo(15);
        assertThat(keys.judge(20, 39, Set.of("a", "b")).wrong()).isEmpty();
    }
}
