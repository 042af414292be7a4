package io.changeover.projections.autoconfigure;

import io.changeover.comparison.Comparisons;
import io.changeover.comparison.Walks;
import io.changeover.operation.ComparisonOperations;
import io.changeover.operation.LiveComparisonOperations;
import io.changeover.parity.ParityCheck;
import io.changeover.projection.ProjectionStore;
import io.changeover.projection.VersionStates;
import io.changeover.view.Versions;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Comparisons that are kept, and go on after a restart. */
@AutoConfiguration(after = ProjectionsAutoConfiguration.class)
@ConditionalOnBean(ParityCheck.class)
@EnableConfigurationProperties(ComparisonProperties.class)
class ComparisonAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Walks comparisonWalks(ParityCheck parity) {
        return parity::walk;
    }

    @Bean(destroyMethod = "") // the lifecycle closes it, while the data source is open
    Comparisons comparisons(
            Walks walks, Versions versions, ProjectionStore store, NodeName node, ComparisonProperties properties) {
        return new Comparisons(walks, versions, store, node.value(), properties.options());
    }

    @Bean
    @ConditionalOnMissingBean(ComparisonOperations.class)
    LiveComparisonOperations comparisonOperations(Versions versions, VersionStates states, Comparisons comparisons) {
        return new LiveComparisonOperations(versions, states, comparisons);
    }

    @Bean
    LoopLifecycle comparisonLifecycle(Comparisons comparisons) {
        return new LoopLifecycle(comparisons::start, comparisons::close);
    }
}
