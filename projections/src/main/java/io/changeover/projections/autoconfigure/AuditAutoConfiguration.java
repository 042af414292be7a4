package io.changeover.projections.autoconfigure;

import io.changeover.audit.AuditSource;
import io.changeover.audit.AuditTrail;
import io.changeover.audit.ChangeoverEntries;
import io.changeover.audit.RepairEntries;
import io.changeover.operation.AuditOperations;
import io.changeover.operation.LiveAuditOperations;
import io.changeover.projection.ProjectionStore;
import io.changeover.report.ChangeoverMoments;
import io.changeover.view.Versions;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** What tells who did what; beans of type {@link AuditSource} add to it. */
@AutoConfiguration(after = ProjectionsAutoConfiguration.class)
@ConditionalOnBean(ProjectionStore.class)
class AuditAutoConfiguration {

    @Bean
    ChangeoverMoments changeoverMoments(Versions versions, ProjectionStore store, EventStore events) {
        return new ChangeoverMoments(versions, store, events);
    }

    @Bean
    ChangeoverEntries changeoverEntries(ChangeoverMoments moments) {
        return new ChangeoverEntries(moments);
    }

    @Bean
    RepairEntries repairEntries(ProjectionStore store) {
        return new RepairEntries(store);
    }

    @Bean
    @ConditionalOnMissingBean(AuditOperations.class)
    LiveAuditOperations auditOperations(
            Versions versions, ChangeoverMoments moments, ObjectProvider<AuditSource> sources) {
        return new LiveAuditOperations(
                versions, moments, new AuditTrail(sources.orderedStream().toList()));
    }
}
