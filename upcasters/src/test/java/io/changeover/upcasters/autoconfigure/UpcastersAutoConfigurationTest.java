package io.changeover.upcasters.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.event.EventSerializer;
import io.changeover.event.EventType;
import io.changeover.event.EventTypes;
import io.changeover.upcast.EventReader;
import io.changeover.upcast.EventStep;
import io.changeover.upcast.EventSteps;
import io.changeover.upcast.InvalidEventStepsException;
import io.changeover.upcast.StepSource;
import io.changeover.upcast.StepUpcaster;
import java.util.List;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class UpcastersAutoConfigurationTest {

    @EventType(name = "order.placed", revision = 3)
    record OrderPlaced(String orderId) {}

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(UpcastersAutoConfiguration.class))
            .withUserConfiguration(Events.class);

    @Configuration(proxyBeanMethods = false)
    static class Events {

        @Bean
        EventTypes eventTypes() {
            return EventTypes.of(List.of(OrderPlaced.class));
        }

        @Bean
        EventSerializer serializer(EventTypes eventTypes) {
            return new EventSerializer(eventTypes);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class FirstStep {

        @Bean
        StepSource firstStep() {
            return () ->
                    List.of(EventStep.from("order.placed", 1).up(payload -> {}).down(payload -> {}));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class SecondStep {

        @Bean
        StepSource secondStep() {
            return () ->
                    List.of(EventStep.from("order.placed", 2).up(payload -> {}).down(payload -> {}));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnSteps {

        @Bean
        EventSteps ownSteps() {
            return EventSteps.none();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnReader {

        @Bean
        EventReader ownReader(EventTypes eventTypes, EventSerializer serializer) {
            return new EventReader(eventTypes, EventSteps.none(), serializer.getObjectMapper());
        }
    }

    @Test
    void the_steps_of_all_sources_make_one_graph() {
        runner.withUserConfiguration(FirstStep.class, SecondStep.class).run(context -> {
            EventSteps steps = context.getBean(EventSteps.class);
            assertThat(steps.isCurrent("order.placed", "1")).isFalse();
            assertThat(steps.isCurrent("order.placed", "2")).isFalse();
            assertThat(steps.isCurrent("order.placed", "3")).isTrue();
        });
    }

    @Test
    void without_a_source_every_event_is_current() {
        runner.run(context -> assertThat(context.getBean(EventSteps.class).isCurrent("order.placed", "1"))
                .isTrue());
    }

    @Test
    void axon_gets_the_steps_as_its_upcaster() {
        runner.run(context -> assertThat(context.getBean(EventUpcaster.class)).isInstanceOf(StepUpcaster.class));
    }

    @Test
    void the_users_own_steps_take_the_place_of_those_found() {
        runner.withUserConfiguration(OwnSteps.class, FirstStep.class).run(context -> {
            assertThat(context).hasNotFailed().hasSingleBean(EventSteps.class).hasSingleBean(EventReader.class);
            assertThat(context.getBean(EventSteps.class).isCurrent("order.placed", "1"))
                    .isTrue();
        });
    }

    @Test
    void the_users_own_reader_takes_the_place_of_ours() {
        runner.withUserConfiguration(OwnReader.class)
                .run(context ->
                        assertThat(context).hasSingleBean(EventReader.class).hasBean("ownReader"));
    }

    @Test
    void steps_that_do_not_fit_together_stop_the_start() {
        runner.withUserConfiguration(FirstStep.class)
                .run(
                        context -> assertThat(context)
                                .getFailure()
                                .rootCause()
                                .isInstanceOf(InvalidEventStepsException.class)
                                .hasMessage(
                                        """
                                The event steps cannot be used:
                                  - the step from 'order.placed@1' leads to 'order.placed@2', which is neither the revision of today's class (3) nor the source of another step; add the missing step or correct the class"""));
    }
}
