package io.changeover.upcasters.autoconfigure;

import io.changeover.event.EventSerializer;
import io.changeover.event.EventTypes;
import io.changeover.upcast.EventReader;
import io.changeover.upcast.EventSteps;
import io.changeover.upcast.StepSource;
import io.changeover.upcast.StepUpcaster;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** One graph of steps for aggregates, ordinary Axon processors and views alike. */
@AutoConfiguration(
        afterName = "io.changeover.domain.autoconfigure.DomainAutoConfiguration",
        beforeName = "org.axonframework.springboot.autoconfig.AxonAutoConfiguration")
class UpcastersAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    EventSteps eventSteps(ObjectProvider<StepSource> sources, EventTypes eventTypes) {
        return EventSteps.of(
                sources.orderedStream()
                        .flatMap(source -> source.steps().stream())
                        .toList(),
                eventTypes);
    }

    @Bean
    @ConditionalOnMissingBean
    EventReader eventReader(EventTypes eventTypes, EventSteps steps, EventSerializer serializer) {
        return new EventReader(eventTypes, steps, serializer.getObjectMapper());
    }

    @Bean
    StepUpcaster stepUpcaster(EventSteps steps) {
        return new StepUpcaster(steps);
    }
}
