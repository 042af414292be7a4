package io.changeover.projections.autoconfigure;

import io.changeover.operation.LiveReportOperations;
import io.changeover.operation.ReportOperations;
import io.changeover.projection.ProjectionStore;
import io.changeover.report.ChangeoverReports;
import io.changeover.report.ReportKeeper;
import io.changeover.stream.StoreInventory;
import io.changeover.view.Versions;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** What tells and keeps what changeovers were like. */
@AutoConfiguration(after = ProjectionsAutoConfiguration.class)
@ConditionalOnBean(ProjectionStore.class)
@EnableConfigurationProperties({ReportProperties.class, FallbackProperties.class})
class ReportAutoConfiguration {

    @Bean
    ChangeoverReports changeoverReports(
            Versions versions,
            ProjectionStore store,
            EventStore events,
            StoreInventory inventory,
            ReportProperties properties,
            FallbackProperties fallbacks) {
        return new ChangeoverReports(versions, store, events, inventory, properties.options(fallbacks.errorBudget()));
    }

    @Bean
    @ConditionalOnMissingBean(ReportOperations.class)
    LiveReportOperations reportOperations(Versions versions, ChangeoverReports reports) {
        return new LiveReportOperations(versions, reports);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "changeover.report.enabled", matchIfMissing = true)
    LoopLifecycle reportLifecycle(ChangeoverReports reports) {
        ReportKeeper keeper = new ReportKeeper(reports);
        return new LoopLifecycle(keeper::start, keeper::close);
    }
}
