package io.changeover.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SettlementTest {

    private static final String FIRST = "3/1";
    private static final String SECOND = "4/1";
    private static final String LATER = "5/1";
    private static final String PREPARED = "-1/700";
    private static final String PREPARED_LATER = "-1/701";

    private final Settlement waiting = Settlement.NOTHING.seen(10, Set.of(FIRST, SECOND));

    @Test
    void without_holders_everything_up_to_the_head_is_settled() {
        assertThat(Settlement.NOTHING.seen(10, Set.of())).isEqualTo(new Settlement(10, null));
    }

    @Test
    void all_holders_must_have_ended() {
        Settlement one = waiting.observed(Set.of(SECOND));

        assertThat(one.position()).isZero();
        assertThat(one.observed(Set.of())).isEqualTo(new Settlement(10, null));
    }

    @Test
    void holders_that_come_later_are_not_waited_for() {
        assertThat(waiting.observed(Set.of(LATER))).isEqualTo(new Settlement(10, null));
        assertThat(waiting.observed(Set.of(FIRST, SECOND, LATER))).isSameAs(waiting);
    }

    @Test
    void a_holder_that_was_prepared_under_another_id_is_still_waited_for() {
        Settlement prepared = waiting.observed(Set.of(SECOND, PREPARED));

        assertThat(prepared.observed(Set.of(PREPARED)).position()).isZero();
        assertThat(prepared.observed(Set.of()).position()).isEqualTo(10);
    }

    @Test
    void a_constant_stream_of_prepared_transactions_is_not_waited_for() {
        Settlement prepared = waiting.observed(Set.of(PREPARED));

        assertThat(prepared.observed(Set.of(PREPARED_LATER))).isEqualTo(new Settlement(10, null));
    }

    @Test
    void a_prepared_transaction_that_comes_while_nobody_ends_is_not_waited_for() {
        assertThat(waiting.observed(Set.of(FIRST, SECOND, PREPARED))).isSameAs(waiting);
    }

    @Test
    void the_position_never_goes_back() {
        assertThat(new Settlement(10, null).reached(5)).isEqualTo(new Settlement(10, null));
        assertThat(waiting.reached(5).observed(Set.of())).isEqualTo(new Settlement(10, null));
    }

    @Test
    void what_is_settled_already_is_not_waited_for() {
        assertThat(waiting.reached(9).pending()).isNotNull();
        assertThat(waiting.reached(10)).isEqualTo(new Settlement(10, null));
    }

    @Test
    void a_look_at_nothing_is_a_fault() {
        assertThatThrownBy(() -> Settlement.NOTHING.observed(Set.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("nothing is pending");
    }
}
