package io.changeover.projections.autoconfigure;

import io.changeover.completion.Completion;
import io.changeover.completion.CompletionLoop;
import io.changeover.operation.ChangeoverOperations;
import io.changeover.operation.CompletionOperations;
import io.changeover.operation.LiveCompletionOperations;
import io.changeover.projection.ProjectionStore;
import io.changeover.projection.Projections;
import io.changeover.serving.Router;
import io.changeover.view.Versions;
import java.time.Clock;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** The end of versions after their changeover was completed. */
@AutoConfiguration(after = ProjectionsAutoConfiguration.class)
@ConditionalOnBean(ChangeoverOperations.class)
@EnableConfigurationProperties(CompletionProperties.class)
class CompletionAutoConfiguration {

    @Bean
    Completion completion(
            Versions versions, Router router, Projections projections, ProjectionStore store, NodeName node) {
        return new Completion(versions, router, projections, store, node.value());
    }

    @Bean
    LoopLifecycle completionLifecycle(
            Completion completion, Router router, Versions versions, CompletionProperties properties) {
        CompletionLoop loop = new CompletionLoop(completion, router, versions.views(), properties.interval());
        return new LoopLifecycle(loop::start, loop::close);
    }

    @Bean
    @ConditionalOnMissingBean(CompletionOperations.class)
    LiveCompletionOperations completionOperations(
            Versions versions,
            Router router,
            ChangeoverOperations changeovers,
            Completion completion,
            EventStore events,
            Clock clock,
            CompletionProperties properties) {
        return new LiveCompletionOperations(
                versions, router, changeovers, completion, events, clock, properties.patience());
    }
}
