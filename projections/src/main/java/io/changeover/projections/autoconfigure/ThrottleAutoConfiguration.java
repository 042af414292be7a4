package io.changeover.projections.autoconfigure;

import io.changeover.projection.ProjectionStore;
import io.changeover.projection.Projections;
import io.changeover.throttle.ConnectionWait;
import io.changeover.throttle.Governor;
import io.changeover.throttle.LiveLag;
import io.changeover.throttle.ReplicationLag;
import io.changeover.throttle.ThrottleSignal;
import javax.sql.DataSource;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** What holds backfills to what the live side can bear. */
@AutoConfiguration(after = ProjectionsAutoConfiguration.class)
@ConditionalOnBean(Projections.class)
@EnableConfigurationProperties(ThrottleProperties.class)
class ThrottleAutoConfiguration {

    @Bean
    LiveLag liveLagSignal(Projections projections, ProjectionStore store) {
        return new LiveLag(projections, store.jdbc(), store.table());
    }

    @Bean
    ConnectionWait connectionWaitSignal(DataSource dataSource) {
        return new ConnectionWait(dataSource);
    }

    @Bean
    ReplicationLag replicationLagSignal(ProjectionStore store) {
        return new ReplicationLag(store.jdbc());
    }

    @Bean
    @ConditionalOnMissingBean
    Governor governor(NodeName node, ThrottleProperties properties, ObjectProvider<ThrottleSignal> signals) {
        return new Governor(
                node.value(), properties.limits(), signals.orderedStream().toList());
    }

    @Bean
    AppendTimer appendTimer(EventStore events, Governor governor) {
        return new AppendTimer(events, "throttle", governor.appends()::committed);
    }
}
