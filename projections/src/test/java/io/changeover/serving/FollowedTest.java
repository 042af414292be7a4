package io.changeover.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.changeover.ChangeoverState;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FollowedTest {

    private static final String VIEW = "order-board";
    private static final long PATIENCE = 5_000_000_000L;

    private static Router router(CannotFollow rule) {
        Router router = new Router(view -> new ViewSettings(null, rule, 0, Duration.ZERO), null);
        router.apply(new ChangeoverState(VIEW, 1, null));
        return router;
    }

    @Test
    void a_view_is_served_as_long_as_patience_lasts() {
        Router router = router(CannotFollow.REFUSE);
        Followed followed = new Followed(router, PATIENCE);
        followed.known(VIEW, 0);

        followed.judge(PATIENCE);

        assertThat(router.suspension(VIEW)).isEmpty();
    }

    @Test
    void then_readers_are_refused_where_that_is_the_rule_until_the_node_follows_again() {
        Router router = router(CannotFollow.REFUSE);
        Followed followed = new Followed(router, PATIENCE);
        followed.known(VIEW, 0);

        followed.judge(PATIENCE + 1);
        assertThat(router.suspension(VIEW))
                .hasValue(
                        ": it could not learn for 5 s which version serves, and its setting is to refuse readers then");

        followed.known(VIEW, PATIENCE + 2);
        assertThat(router.suspension(VIEW)).isEmpty();
        followed.judge(2 * PATIENCE + 2);
        assertThat(router.suspension(VIEW)).isEmpty();
        followed.judge(2 * PATIENCE + 3);
        assertThat(router.suspension(VIEW)).isPresent();
    }

    @Test
    void or_go_on_by_the_last_that_is_known() {
        Router router = router(CannotFollow.LAST_KNOWN);
        Followed followed = new Followed(router, PATIENCE);
        followed.known(VIEW, 0);

        followed.judge(100 * PATIENCE);

        assertThat(router.suspension(VIEW)).isEmpty();
        assertThat(router.route(VIEW, "ann")).isEqualTo(1);
    }
}
