package io.changeover.upcasters.autoconfigure;

import io.changeover.catalog.AppendValidation;
import io.changeover.catalog.EventDomain;
import io.changeover.catalog.EventDomains;
import io.changeover.catalog.LaterRelease;
import io.changeover.event.EventSerializer;
import io.changeover.event.EventTypes;
import io.changeover.event.LegacyFormat;
import io.changeover.upcast.AggregateHistory;
import io.changeover.upcast.EventReader;
import io.changeover.upcast.EventSteps;
import io.changeover.upcast.StepUpcaster;
import java.util.List;
import org.axonframework.eventhandling.EventBus;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** One graph of steps for aggregates, ordinary Axon processors and views alike. */
@AutoConfiguration(
        afterName = "io.changeover.domain.autoconfigure.DomainAutoConfiguration",
        beforeName = "org.axonframework.springboot.autoconfig.AxonAutoConfiguration")
@EnableConfigurationProperties(EventsProperties.class)
class UpcastersAutoConfiguration {

    /** Domains that jars name as a service count where their package is one of the application's, as its events do. */
    @Bean
    @ConditionalOnMissingBean
    EventDomains eventDomains(ObjectProvider<EventDomain> own, BeanFactory beans) {
        List<String> packages = AutoConfigurationPackages.has(beans) ? AutoConfigurationPackages.get(beans) : List.of();
        EventDomains named = EventDomains.found(Thread.currentThread().getContextClassLoader());
        return new EventDomains(named.all().stream()
                        .filter(domain -> packages.stream()
                                .anyMatch(root -> (domain.getClass().getPackageName() + ".").startsWith(root + ".")))
                        .toList())
                .and(own.orderedStream().toList());
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty("changeover.events.later-release")
    LaterRelease laterRelease(EventsProperties properties) {
        return LaterRelease.in(properties.laterRelease());
    }

    @Bean
    @ConditionalOnMissingBean
    EventSteps eventSteps(EventDomains domains, EventTypes eventTypes, ObjectProvider<LaterRelease> later) {
        @Nullable LaterRelease ahead = later.getIfAvailable();
        return ahead == null
                ? EventSteps.of(domains.steps(), eventTypes)
                : EventSteps.rolledBack(ahead.steps(), eventTypes);
    }

    @Bean
    @ConditionalOnMissingBean
    EventReader eventReader(
            EventTypes eventTypes,
            EventSteps steps,
            EventSerializer serializer,
            ObjectProvider<LegacyFormat> legacy,
            ObjectProvider<AggregateHistory> history) {
        return new EventReader(
                eventTypes, steps, serializer.getObjectMapper(), legacy.getIfAvailable(), later(history));
    }

    @Bean
    StepUpcaster stepUpcaster(
            EventSteps steps,
            EventSerializer serializer,
            ObjectProvider<LegacyFormat> legacy,
            ObjectProvider<AggregateHistory> history) {
        return new StepUpcaster(steps, serializer.getObjectMapper(), legacy.getIfAvailable(), later(history));
    }

    @Bean
    @ConditionalOnBooleanProperty("changeover.events.validate-on-append")
    SmartInitializingSingleton appendValidation(
            ObjectProvider<EventBus> events, EventTypes eventTypes, EventSerializer serializer) {
        AppendValidation validation = new AppendValidation(eventTypes, serializer.getObjectMapper());
        return () -> {
            var unused = events.getObject().registerDispatchInterceptor(validation);
        };
    }

    /** The history needs the event store, which needs these beans. */
    private static AggregateHistory later(ObjectProvider<AggregateHistory> history) {
        return (type, id, sequence) -> history.getObject().before(type, id, sequence);
    }
}
