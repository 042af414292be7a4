package io.changeover.projections.autoconfigure;

import io.changeover.freshness.FreshnessOptions;
import io.changeover.freshness.ProjectionFreshness;
import io.changeover.freshness.WrittenEvents;
import io.changeover.freshness.WrittenPositions;
import io.changeover.projection.ProjectionStore;
import io.changeover.projection.Projections;
import io.changeover.projection.VersionStates;
import io.changeover.serving.Freshness;
import io.changeover.stream.OrderedStream;
import io.changeover.view.Versions;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Reads that must not miss what their reader has written or seen. */
@AutoConfiguration(after = ProjectionsAutoConfiguration.class)
@ConditionalOnBean(Projections.class)
@EnableConfigurationProperties(FreshnessProperties.class)
class FreshnessAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    FreshnessOptions freshnessOptions(FreshnessProperties properties) {
        return properties.options();
    }

    @Bean
    @ConditionalOnMissingBean(Freshness.class)
    ProjectionFreshness projectionFreshness(
            Versions versions,
            Projections projections,
            VersionStates states,
            OrderedStream stream,
            ProjectionStore store,
            FreshnessOptions options) {
        return new ProjectionFreshness(versions, projections, states, stream, store, options);
    }

    @Bean
    WrittenPositions writtenPositions(ProjectionStore store) {
        return new WrittenPositions(store);
    }

    @Bean
    WrittenEvents writtenEvents(EventStore events) {
        return new WrittenEvents(events);
    }
}
