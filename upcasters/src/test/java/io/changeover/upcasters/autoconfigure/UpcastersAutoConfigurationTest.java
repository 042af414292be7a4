package io.changeover.upcasters.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.catalog.EventDomain;
import io.changeover.catalog.EventDomains;
import io.changeover.catalog.InvalidEventPayloadException;
import io.changeover.event.EventSerializer;
import io.changeover.event.EventType;
import io.changeover.event.EventTypes;
import io.changeover.upcast.EventReader;
import io.changeover.upcast.EventStep;
import io.changeover.upcast.EventSteps;
import io.changeover.upcast.EventSteps.Reading;
import io.changeover.upcast.InvalidEventStepsException;
import io.changeover.upcast.StepUpcaster;
import java.util.List;
import org.axonframework.eventhandling.EventBus;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.SimpleEventBus;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class UpcastersAutoConfigurationTest {

    @EventType(name = "order.placed", revision = 3, firstRevision = 3)
    @NullMarked
    record OrderPlaced(String orderId) {}

    private record FirstOrders() implements EventDomain {

        @Override
        public String name() {
            return "first";
        }

        @Override
        public String owner() {
            return "the test";
        }

        @Override
        public List<EventStep> steps() {
            return List.of(EventStep.from("order.placed", 1).to(2, changes -> {}));
        }
    }

    private record SecondOrders() implements EventDomain {

        @Override
        public String name() {
            return "second";
        }

        @Override
        public String owner() {
            return "the test";
        }

        @Override
        public List<EventStep> steps() {
            return List.of(EventStep.from("order.placed", 2).to(3, changes -> {}));
        }
    }

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
        EventDomain firstStep() {
            return new FirstOrders();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class SecondStep {

        @Bean
        EventDomain secondStep() {
            return new SecondOrders();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnSteps {

        @Bean
        EventSteps ownSteps(EventTypes eventTypes) {
            return EventSteps.none(eventTypes);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnReader {

        @Bean
        EventReader ownReader(EventTypes eventTypes, EventSerializer serializer) {
            return new EventReader(eventTypes, EventSteps.none(eventTypes), serializer.getObjectMapper());
        }
    }

    @Test
    void the_steps_of_all_domains_make_one_graph() {
        runner.withUserConfiguration(FirstStep.class, SecondStep.class).run(context -> {
            EventSteps steps = context.getBean(EventSteps.class);
            assertThat(steps.reading("order.placed", "1")).isEqualTo(Reading.UP);
            assertThat(steps.reading("order.placed", "2")).isEqualTo(Reading.UP);
            assertThat(steps.reading("order.placed", "3")).isEqualTo(Reading.CURRENT);
        });
    }

    @Test
    void without_a_domain_there_are_no_steps() {
        runner.run(
                context -> assertThat(context.getBean(EventSteps.class).steps()).isEmpty());
    }

    @Test
    void axon_gets_the_steps_as_its_upcaster() {
        runner.run(context -> assertThat(context.getBean(EventUpcaster.class)).isInstanceOf(StepUpcaster.class));
    }

    @Test
    void the_users_own_steps_take_the_place_of_those_found() {
        runner.withUserConfiguration(OwnSteps.class, FirstStep.class).run(context -> {
            assertThat(context).hasNotFailed().hasSingleBean(EventSteps.class).hasSingleBean(EventReader.class);
            assertThat(context.getBean(EventSteps.class).steps()).isEmpty();
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

    @Test
    void a_domain_counts_only_where_its_package_is_one_of_the_applications() {
        runner.run(
                context -> assertThat(context.getBean(EventDomains.class).all()).isEmpty());
        runner.withUserConfiguration(FirstStep.class, SecondStep.class)
                .run(context -> assertThat(context.getBean(EventDomains.class).all())
                        .extracting(EventDomain::name)
                        .containsExactly("first", "second"));
    }

    @Test
    void the_jar_of_a_later_release_must_be_there() {
        runner.withPropertyValues("changeover.events.later-release=nowhere/later.jar")
                .run(
                        context -> assertThat(context)
                                .getFailure()
                                .rootCause()
                                .hasMessage(
                                        "'nowhere/later.jar' must be a jar of the later release but is not there; correct the path"));
    }

    @Test
    void events_are_held_against_their_schemas_on_append_where_that_is_asked_for() {
        SimpleEventBus bus = SimpleEventBus.builder().build();
        runner.withBean(EventBus.class, () -> bus)
                .withUserConfiguration(FirstStep.class, SecondStep.class)
                .withPropertyValues("changeover.events.validate-on-append=true")
                .run(context -> assertThatThrownBy(
                                () -> bus.publish(GenericEventMessage.asEventMessage(new OrderPlaced(null))))
                        .isInstanceOf(InvalidEventPayloadException.class));
        SimpleEventBus open = SimpleEventBus.builder().build();
        runner.withBean(EventBus.class, () -> open)
                .withUserConfiguration(FirstStep.class, SecondStep.class)
                .run(context -> open.publish(GenericEventMessage.asEventMessage(new OrderPlaced(null))));
    }
}
