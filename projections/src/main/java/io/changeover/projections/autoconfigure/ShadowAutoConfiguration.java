package io.changeover.projections.autoconfigure;

import io.changeover.operation.LiveShadowOperations;
import io.changeover.operation.ShadowOperations;
import io.changeover.projection.ProjectionStore;
import io.changeover.projection.Projections;
import io.changeover.serving.Router;
import io.changeover.serving.Shadow;
import io.changeover.shadow.ShadowReads;
import io.changeover.shadow.ShadowWitness;
import io.changeover.stream.OrderedStream;
import io.changeover.stream.StoreSecret;
import io.changeover.view.Versions;
import io.micrometer.core.instrument.MeterRegistry;
import javax.sql.DataSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Shadow reads, unless the application compares answers in a way of its own. */
@AutoConfiguration(after = ProjectionsAutoConfiguration.class)
@ConditionalOnBean(Projections.class)
@ConditionalOnBooleanProperty(name = "changeover.shadow.enabled", matchIfMissing = true)
@EnableConfigurationProperties(ShadowProperties.class)
class ShadowAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(Shadow.class)
    ShadowReads shadowReads(
            Versions versions,
            Router router,
            Projections projections,
            OrderedStream stream,
            ProjectionStore store,
            DataSource dataSource,
            BeanFactory beans,
            ShadowProperties properties,
            NodeName node,
            ObjectProvider<ShadowWitness> witness) {
        return new ShadowReads(
                versions,
                router,
                projections,
                stream,
                store,
                name -> beans.getBean(name, DataSource.class),
                new StoreSecret(dataSource)::value,
                PoolWaiters.of(dataSource),
                properties.options(),
                node.value(),
                witness.getIfAvailable(() -> ShadowWitness.NONE));
    }

    @Bean
    @ConditionalOnMissingBean(ShadowOperations.class)
    @ConditionalOnBean(ShadowReads.class)
    LiveShadowOperations shadowOperations(ShadowReads reads) {
        return new LiveShadowOperations(reads);
    }

    /** For applications that have Micrometer. */
    @org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    static class Meters {

        @Bean
        @ConditionalOnMissingBean(ShadowWitness.class)
        ShadowMeters shadowMeters() {
            return new ShadowMeters();
        }
    }
}
