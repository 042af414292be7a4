package io.changeover.projections.autoconfigure;

import io.changeover.consumer.BoundedConsumerNames;
import io.changeover.consumer.CollectorLoop;
import io.changeover.consumer.ConsumerCatalogue;
import io.changeover.consumer.CountedReadership;
import io.changeover.consumer.ReadCollector;
import io.changeover.consumer.ReadListener;
import io.changeover.consumer.ReadStore;
import io.changeover.operation.ConsumerOperations;
import io.changeover.operation.LiveConsumerOperations;
import io.changeover.projection.ProjectionStore;
import io.changeover.serving.ConsumerNames;
import io.changeover.serving.Readership;
import io.changeover.serving.Router;
import io.changeover.view.Versions;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Who reads what. */
@AutoConfiguration(after = ProjectionsAutoConfiguration.class)
@ConditionalOnBean(Router.class)
@EnableConfigurationProperties(ConsumerProperties.class)
class ConsumerAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    ConsumerCatalogue consumerCatalogue(Environment environment, Versions versions) {
        return ConsumerCatalogue.of(ConsumerDeclarations.of(environment), versions);
    }

    @Bean
    @ConditionalOnMissingBean
    ConsumerNames consumerNames(ConsumerCatalogue catalogue) {
        return new BoundedConsumerNames(catalogue);
    }

    @Bean
    ReadStore readStore(ProjectionStore store, NodeName node) {
        return new ReadStore(store.jdbc(), store.decisions(), node.value());
    }

    @Bean
    ReadCollector readCollector(
            Router router,
            ReadStore store,
            ConsumerCatalogue catalogue,
            ObjectProvider<ReadListener> listeners,
            ConsumerProperties properties,
            Clock clock) {
        return new ReadCollector(
                router,
                store,
                catalogue,
                listeners.orderedStream().toList(),
                properties.options(),
                clock,
                UUID::randomUUID);
    }

    @Bean
    @ConditionalOnMissingBean
    Readership readership(
            ReadStore store,
            ReadCollector collector,
            ConsumerCatalogue catalogue,
            ChangeoverProperties properties,
            Clock clock) {
        return new CountedReadership(
                store,
                collector,
                catalogue,
                properties.gates().quiet(),
                properties.serving().acknowledgementWait(),
                clock);
    }

    @Bean
    @ConditionalOnMissingBean(ConsumerOperations.class)
    LiveConsumerOperations consumerOperations(
            Versions versions, ConsumerCatalogue catalogue, ReadStore store, ReadCollector collector, Clock clock) {
        return new LiveConsumerOperations(versions, catalogue, store, collector, clock);
    }

    @Bean
    LoopLifecycle consumerLifecycle(ReadCollector collector) {
        CollectorLoop loop = new CollectorLoop(collector);
        return new LoopLifecycle(loop::start, loop::close);
    }

    /** For applications that have Micrometer. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    static class Meters {

        @Bean
        ConsumerMeters consumerMeters() {
            return new ConsumerMeters();
        }
    }
}
