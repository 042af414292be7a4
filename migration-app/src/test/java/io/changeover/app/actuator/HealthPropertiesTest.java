package io.changeover.app.actuator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.changeover.catalog.EventDomain;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HealthPropertiesTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private static final class Known implements EventDomain {

        @Override
        public String name() {
            return "known";
        }

        @Override
        public String owner() {
            return "the test";
        }
    }

    @Test
    void all_views_count_where_none_is_named() {
        assertThat(new HealthProperties(Set.of(), SECOND, SECOND.multipliedBy(2)).counts("order-board"))
                .isTrue();
        assertThat(new HealthProperties(Set.of("sales"), SECOND, SECOND.multipliedBy(2)).counts("order-board"))
                .isFalse();
    }

    @Test
    void a_look_must_be_able_to_be_young_enough() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HealthProperties(Set.of(), SECOND, SECOND))
                .withMessage(
                        "Property changeover.health.interval is PT1S and must be at least 1 ms, and changeover.health.patience is PT1S and must be greater than it; correct them");
    }

    @Test
    void a_domain_is_named_by_its_jar_and_not_by_the_way_to_it() {
        assertThat(ReleaseInfo.jar(Known.class)).isEqualTo("test-classes");
    }
}
