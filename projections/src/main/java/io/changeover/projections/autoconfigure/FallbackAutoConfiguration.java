package io.changeover.projections.autoconfigure;

import io.changeover.fallback.FallbackOptions;
import io.changeover.fallback.Fallbacks;
import io.changeover.operation.FallbackOperations;
import io.changeover.operation.LiveFallbackOperations;
import io.changeover.projection.ProjectionStore;
import io.changeover.serving.Guard;
import io.changeover.serving.Router;
import io.changeover.view.Versions;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadata;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadataProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What protects readers from a new version, unless the team has a guard of its own. */
@AutoConfiguration(after = ProjectionsAutoConfiguration.class)
@ConditionalOnBean(ProjectionStore.class)
@EnableConfigurationProperties(FallbackProperties.class)
class FallbackAutoConfiguration {

    @Bean(initMethod = "start")
    @ConditionalOnMissingBean(Guard.class)
    @ConditionalOnBooleanProperty(name = "changeover.fallback.enabled", matchIfMissing = true)
    Fallbacks fallbacks(
            Router router,
            FallbackProperties properties,
            Clock clock,
            ProjectionStore store,
            NodeName node,
            DataSource database,
            ObjectProvider<DataSourcePoolMetadataProvider> pools) {
        return new Fallbacks(router, properties.options(workers(database, pools)), clock, store.jdbc(), node.value());
    }

    /**
     * Three quarters of the connections, but two fewer at least, so that calls of a new version that hang in the database
     * leave some for the old one, and yet the new one can bear all readers.
     */
    private static int workers(DataSource database, ObjectProvider<DataSourcePoolMetadataProvider> pools) {
        return pools.stream()
                .map(pool -> pool.getDataSourcePoolMetadata(database))
                .filter(Objects::nonNull)
                .map(DataSourcePoolMetadata::getMax)
                .filter(max -> max != null && max > 0)
                .findFirst()
                .map(max -> Math.max(1, max - Math.max(2, max / 4)))
                .orElse(FallbackOptions.defaults().workers());
    }

    @Bean
    @ConditionalOnMissingBean(FallbackOperations.class)
    LiveFallbackOperations fallbackOperations(Versions versions, ObjectProvider<Fallbacks> fallbacks) {
        return new LiveFallbackOperations(versions, fallbacks.getIfAvailable());
    }

    /** For applications that have Micrometer. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    static class Meters {

        @Bean
        FallbackMeters fallbackMeters(Versions versions, ObjectProvider<Fallbacks> fallbacks) {
            return new FallbackMeters(versions, fallbacks);
        }
    }
}
