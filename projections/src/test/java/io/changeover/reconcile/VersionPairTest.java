package io.changeover.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.view.InvalidVersionIdException;
import io.changeover.view.VersionId;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class VersionPairTest {

    @Test
    void the_lower_version_is_the_left_one_however_it_is_written() {
        VersionPair pair = new VersionPair(new VersionId("order-board", 2), new VersionId("order-board", 10));
        assertThat(VersionPair.parse("order-board@2:order-board@10")).isEqualTo(pair);
        assertThat(VersionPair.parse(" order-board@10 : order-board@2 ")).isEqualTo(pair);
        assertThat(pair).hasToString("order-board@2:order-board@10");
    }

    @Test
    void what_names_no_two_versions_of_one_view_is_refused() {
        assertThatThrownBy(() -> VersionPair.parse("order-board@1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "'order-board@1' must name two versions of one view such as 'order-board@1:order-board@2'; correct it");
        assertThatThrownBy(() -> VersionPair.parse("order-board@1:2")).isInstanceOf(InvalidVersionIdException.class);
        assertThatThrownBy(() -> VersionPair.parse("order-board@1:orders@2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "'order-board@1' and 'orders@2' cannot be reconciled: a pair is two versions of one view, the lower first; name two such");
        assertThatThrownBy(() -> VersionPair.parse("order-board@1:order-board@1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "'order-board@1' and 'order-board@1' cannot be reconciled: a pair is two versions of one view, the lower first; name two such");
    }
}
