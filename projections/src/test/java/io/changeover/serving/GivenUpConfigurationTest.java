package io.changeover.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.changeover.changeover.ChangeoverState;
import io.changeover.changeover.ChangeoverState.Attempt;
import io.changeover.changeover.Disposal;
import io.changeover.changeover.Disposal.Stage;
import io.changeover.changeover.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GivenUpConfigurationTest {

    private static final String VIEW = "order-board";
    private static final Attempt OVER = new Attempt("c1", 1, 2, Phase.COMPLETED, 100, null, null, Instant.EPOCH);

    private final Router router =
            new Router(view -> new ViewSettings(1, CannotFollow.LAST_KNOWN, 0, Duration.ZERO), null);

    @ParameterizedTest
    @EnumSource
    void a_node_whose_configuration_names_a_version_that_was_given_up_goes_by_the_changeover(Stage stage) {
        router.apply(new ChangeoverState(
                VIEW, 2, OVER, Map.of(), Map.of(), Map.of(1, new Disposal(stage, Instant.EPOCH, "c1"))));
        assertThat(router.explain(VIEW, Reader.of("ann")).version()).isEqualTo(2);
        assertThat(router.explain(VIEW, Reader.of("ann")).reason()).isEqualTo(Reason.SERVING);
        assertThatExceptionOfType(NotServedException.class)
                .isThrownBy(() -> router.explain(VIEW, Reader.of("ann").overriding(Map.of(VIEW, 1))))
                .withMessage(
                        "Version 1 of view 'order-board' is %s since 1970-01-01T00:00:00Z, and a version that was given up answers nobody; ask without naming a version"
                                .formatted(stage.text()));
    }

    @Test
    void once_it_is_not_given_up_any_more_the_configuration_counts_again() {
        router.apply(new ChangeoverState(VIEW, 2, OVER));
        assertThat(router.explain(VIEW, Reader.of("ann")).version()).isEqualTo(1);
        assertThat(router.explain(VIEW, Reader.of("ann")).reason()).isEqualTo(Reason.CONFIGURATION);
    }

    @Test
    void the_number_of_the_event_is_that_of_the_state() {
        assertThat(router.sequence(VIEW)).isEqualTo(-1);
        router.apply(new ChangeoverState(VIEW, 2, OVER), 7);
        assertThat(router.sequence(VIEW)).isEqualTo(7);
    }
}
