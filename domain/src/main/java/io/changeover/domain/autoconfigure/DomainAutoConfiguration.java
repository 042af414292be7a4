package io.changeover.domain.autoconfigure;

import io.changeover.changeover.Changeover;
import io.changeover.changeover.ChangeoverEvent;
import io.changeover.event.EventSerializer;
import io.changeover.event.EventType;
import io.changeover.event.EventTypes;
import io.changeover.event.LegacyFormat;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** Stable event names for Axon, and the changeover aggregate. */
@AutoConfiguration(
        beforeName = {
            "org.axonframework.springboot.autoconfig.AxonAutoConfiguration",
            "org.axonframework.springboot.autoconfig.JdbcAutoConfiguration"
        })
class DomainAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    EventTypes eventTypes(BeanFactory beans) {
        List<Class<?>> classes = new ArrayList<>(DeclaredClasses.with(EventType.class, beans));
        classes.addAll(ChangeoverEvent.CLASSES);
        return EventTypes.of(classes);
    }

    @Bean
    @Primary
    @ConditionalOnMissingBean(Serializer.class)
    EventSerializer serializer(EventTypes eventTypes, ObjectProvider<LegacyFormat> legacy) {
        return new EventSerializer(eventTypes, legacy.getIfAvailable());
    }

    @Bean
    ConfigurerModule changeoverAggregate() {
        return configurer -> configurer.configureAggregate(Changeover.class);
    }
}
