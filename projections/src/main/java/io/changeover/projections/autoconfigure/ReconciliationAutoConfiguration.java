package io.changeover.projections.autoconfigure;

import io.changeover.comparison.Comparisons;
import io.changeover.operation.LiveReconciliationOperations;
import io.changeover.operation.ReconciliationOperations;
import io.changeover.parity.ParityCheck;
import io.changeover.projection.ProjectionStore;
import io.changeover.projection.Projections;
import io.changeover.reconcile.DriftListener;
import io.changeover.reconcile.FullPass;
import io.changeover.reconcile.Reconciliation;
import io.changeover.reconcile.ReconciliationLoop;
import io.changeover.serving.Router;
import io.changeover.stream.OrderedStream;
import io.changeover.view.Versions;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** What keeps versions compared while they live. */
@AutoConfiguration(after = ComparisonAutoConfiguration.class)
@ConditionalOnBean(Comparisons.class)
@EnableConfigurationProperties(ReconciliationProperties.class)
class ReconciliationAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    FullPass fullPass(Comparisons comparisons) {
        return FullPass.keptBy(comparisons);
    }

    @Bean
    Reconciliation reconciliation(
            Versions versions,
            Router router,
            Projections projections,
            OrderedStream stream,
            ProjectionStore store,
            ParityCheck parity,
            FullPass fullPass,
            ReconciliationProperties properties,
            NodeName node,
            ObjectProvider<DriftListener> listeners) {
        return new Reconciliation(
                versions,
                router,
                projections,
                stream,
                store,
                parity,
                fullPass,
                properties.options(),
                node.value(),
                listeners.orderedStream().toList());
    }

    @Bean
    @ConditionalOnMissingBean(ReconciliationOperations.class)
    LiveReconciliationOperations reconciliationOperations(Reconciliation reconciliation) {
        return new LiveReconciliationOperations(reconciliation);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "changeover.reconcile.enabled", matchIfMissing = true)
    LoopLifecycle reconciliationLifecycle(Reconciliation reconciliation) {
        ReconciliationLoop loop = new ReconciliationLoop(reconciliation);
        return new LoopLifecycle(loop::start, loop::close);
    }

    /** For applications that have Micrometer. */
    @org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    static class Meters {

        @Bean
        ReconciliationMeters reconciliationMeters(Reconciliation reconciliation, Clock clock) {
            return new ReconciliationMeters(reconciliation, clock);
        }
    }
}
