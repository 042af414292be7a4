package io.changeover.projections.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.consumer.CollectorOptions;
import io.changeover.consumer.Consumer;
import io.changeover.consumer.ConsumerCatalogue;
import io.changeover.serving.ReadTally;
import io.changeover.serving.ReaderIdentity;
import io.changeover.serving.Reason;
import io.changeover.view.Versions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.mock.env.MockEnvironment;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ConsumerPropertiesTest {

    @Test
    void consumers_stand_beside_the_settings() {
        MockEnvironment environment = new MockEnvironment()
                .withProperty("changeover.consumers.interval", "1s")
                .withProperty("changeover.consumers.web-shop.owner", "sales")
                .withProperty("changeover.consumers.web-shop.contact", "sales@shop.example")
                .withProperty("changeover.consumers.web-shop.views[0]", "order-board")
                .withProperty("changeover.consumers.web-shop.views[1]", "account@2")
                .withProperty("changeover.consumers.web-shop.api-versions", "1,2")
                .withProperty("changeover.consumers.web-shop.freshness", "30s")
                .withProperty("changeover.consumers.web-shop.read-your-writes", "true")
                .withProperty("changeover.consumers.web-shop.token-hash", "AB")
                .withProperty("changeover.consumers.tax.owner", "books");
        assertThat(ConsumerDeclarations.of(environment))
                .containsExactlyInAnyOrder(
                        new Consumer(
                                "web-shop",
                                "sales",
                                "sales@shop.example",
                                List.of("order-board", "account@2"),
                                List.of("1", "2"),
                                Duration.ofSeconds(30),
                                true,
                                "ab"),
                        new Consumer("tax", "books", "", List.of(), List.of(), null, false, ""));
        assertThat(ConsumerDeclarations.of(new MockEnvironment())).isEmpty();
    }

    @Test
    void settings_outside_of_their_bounds_are_refused() {
        assertThat(new ConsumerProperties(Duration.ofSeconds(5), Duration.ofDays(400)).options())
                .isEqualTo(CollectorOptions.defaults());
        assertThatThrownBy(() -> new ConsumerProperties(Duration.ZERO, Duration.ofDays(1)).options())
                .hasMessage("changeover.consumers.interval is PT0S but must be at least 10 ms; correct it");
        assertThatThrownBy(() -> new ConsumerProperties(Duration.ofSeconds(5), Duration.ofHours(23)).options())
                .hasMessage("changeover.consumers.keep is PT23H but must be at least one day; correct it");
    }

    @Test
    void what_is_wrong_with_consumers_is_told_without_what_the_container_wrapped_around_it() {
        MockEnvironment environment =
                new MockEnvironment().withProperty("changeover.consumers.Web_Shop.owner", "sales");
        assertThatThrownBy(() -> ConsumerCatalogue.of(ConsumerDeclarations.of(environment), Versions.of(List.of())))
                .satisfies(failure -> {
                    FailureAnalysis analysis =
                            new DeclarationFailureAnalyzer().analyze(new IllegalStateException(failure));
                    assertThat(analysis).isNotNull();
                    assertThat(analysis.getDescription())
                            .isEqualTo(
                                    """
                                    The consumers cannot be used:
                                      - consumer 'Web_Shop' must be named by lower-case words of letters and digits joined by hyphens, such as 'web-shop', with at most 60 characters; rename it""");
                });
    }

    @Test
    void an_application_without_views_gets_nothing_of_it() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(ConsumerAutoConfiguration.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ConsumerCatalogue.class));
    }

    @Test
    void there_are_never_more_meters_than_the_bound_and_no_call_is_left_out() {
        ConsumerMeters meters = new ConsumerMeters();
        SimpleMeterRegistry late = new SimpleMeterRegistry();
        for (int i = 0; i < ConsumerMeters.MAX_METERS + 5; i++) {
            meters.taken(
                    new ReadTally("order-board", 1, Reason.SERVING, 0, new ReaderIdentity("declared-" + i, ""), 2),
                    true);
            meters.taken(
                    new ReadTally("order-board", 1, Reason.SERVING, 0, new ReaderIdentity("person-" + i, ""), 1),
                    false);
        }
        meters.bindTo(late);
        assertThat(late.find("changeover.reads").functionCounters())
                .hasSize(ConsumerMeters.MAX_METERS + 1)
                .extracting(counter -> counter.getId().getTag("consumer"))
                .contains("undeclared", "others")
                .noneMatch(consumer -> consumer != null && consumer.startsWith("person"));
        assertThat(late.get("changeover.reads")
                        .tags("consumer", "others")
                        .functionCounter()
                        .count())
                .isEqualTo(12);
        assertThat(late.get("changeover.consumers.undeclared").functionCounter().count())
                .isEqualTo(ConsumerMeters.MAX_METERS + 5.0);
    }
}
