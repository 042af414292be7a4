package io.changeover.domain.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.changeover.Changeover;
import io.changeover.changeover.ChangeoverEvent;
import io.changeover.domain.autoconfigure.sample.SampleDomain;
import io.changeover.event.EventSerializer;
import io.changeover.event.EventType;
import io.changeover.event.EventTypes;
import io.changeover.event.InvalidEventTypesException;
import io.changeover.event.LegacyFormat;
import io.changeover.event.XStreamHistory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.axonframework.config.AggregateConfiguration;
import org.axonframework.config.Configurer;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializedMetaData;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DomainAutoConfigurationTest {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(DomainAutoConfiguration.class));

    @Configuration(proxyBeanMethods = false)
    static class OwnEventTypes {

        static final EventTypes TYPES = EventTypes.of(List.of());

        @Bean
        EventTypes ownEventTypes() {
            return TYPES;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnSerializer {

        @Bean
        Serializer ownSerializer() {
            return Jackson3Serializer.builder().build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage(basePackages = "io.changeover.domain.autoconfigure.nobody")
    static class EmptyPackage {}

    @Test
    void annotated_classes_of_a_domains_package_are_known_beside_the_changeovers_own() {
        runner.withUserConfiguration(SampleDomain.class)
                .run(context -> assertThat(context.getBean(EventTypes.class).names())
                        .contains("sample.opened", "sample.closed")
                        .hasSize(2 + ChangeoverEvent.CLASSES.size()));
    }

    @Test
    void declared_classes_come_in_the_order_of_their_names_and_without_others() {
        runner.withUserConfiguration(SampleDomain.class)
                .run(context -> assertThat(DeclaredClasses.with(EventType.class, context))
                        .extracting(Class::getSimpleName)
                        .containsExactly("Closed", "Opened"));
    }

    @Test
    void a_package_without_events_gives_none() {
        runner.withUserConfiguration(EmptyPackage.class)
                .run(context -> assertThat(DeclaredClasses.with(EventType.class, context))
                        .isEmpty());
    }

    @Test
    void without_a_known_package_only_the_changeovers_own_events_are_there() {
        runner.run(context -> assertThat(context.getBean(EventTypes.class).names())
                .hasSize(ChangeoverEvent.CLASSES.size())
                .allMatch(name -> name.startsWith("changeover.")));
    }

    @Test
    void the_serializer_is_the_primary_one() {
        runner.run(context -> {
            assertThat(context.getBean(Serializer.class)).isInstanceOf(EventSerializer.class);
            assertThat(context.getBeanFactory().getBeanDefinition("serializer").isPrimary())
                    .isTrue();
        });
    }

    @Test
    void the_serializer_reads_metadata_in_the_format_of_an_older_application() {
        byte[] xml =
                "<meta-data><entry><string>a</string><int>1</int></entry></meta-data>".getBytes(StandardCharsets.UTF_8);

        runner.withBean(LegacyFormat.class, XStreamHistory::allowing).run(context -> {
            Object metaData =
                    context.getBean(EventSerializer.class).deserialize(new SerializedMetaData<>(xml, byte[].class));
            assertThat(metaData).isEqualTo(MetaData.with("a", 1));
        });
    }

    @Test
    void the_users_own_event_types_take_the_place_of_those_found() {
        runner.withUserConfiguration(OwnEventTypes.class, SampleDomain.class)
                .run(context -> assertThat(context.getBean(EventTypes.class)).isSameAs(OwnEventTypes.TYPES));
    }

    @Test
    void the_users_own_serializer_takes_the_place_of_ours() {
        runner.withUserConfiguration(OwnSerializer.class).run(context -> assertThat(context)
                .doesNotHaveBean(EventSerializer.class)
                .getBean(Serializer.class)
                .isInstanceOf(Jackson3Serializer.class));
    }

    @Test
    void the_changeover_aggregate_is_made_known_to_axon() {
        runner.run(context -> {
            Configurer configurer = DefaultConfigurer.defaultConfiguration();
            context.getBean(ConfigurerModule.class).configureModule(configurer);
            assertThat(configurer.buildConfiguration().findModules(AggregateConfiguration.class))
                    .extracting(module -> (Object) module.aggregateType())
                    .containsExactly(Changeover.class);
        });
    }

    @Test
    void event_classes_that_cannot_be_used_stop_the_start() {
        runner.withUserConfiguration(BrokenDomain.class)
                .run(
                        context -> assertThat(context)
                                .getFailure()
                                .hasRootCauseInstanceOf(InvalidEventTypesException.class)
                                .rootCause()
                                .hasMessage(
                                        """
                                The event classes cannot be used:
                                  - revision 0 of event 'broken' must be 1 or greater; change the annotation"""));
    }

    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage(basePackages = "io.changeover.domain.autoconfigure.broken")
    static class BrokenDomain {}
}
