package io.changeover.projections.autoconfigure;

import io.changeover.fallback.Fallbacks;
import io.changeover.gate.BuiltInGates;
import io.changeover.gate.Gate;
import io.changeover.gate.Gates;
import io.changeover.gate.PlanGates;
import io.changeover.projection.ProjectionStore;
import io.changeover.projection.Projections;
import io.changeover.serving.Nodes;
import io.changeover.shadow.ShadowReads;
import io.changeover.stream.OrderedStream;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The gates of plans: those that every plan asks, and the team's own. */
@AutoConfiguration(
        after = {ProjectionsAutoConfiguration.class, ShadowAutoConfiguration.class, FallbackAutoConfiguration.class})
@ConditionalOnBean(Projections.class)
class GateAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(Gates.class)
    PlanGates gates(
            Projections projections,
            OrderedStream stream,
            Nodes nodes,
            ObjectProvider<ShadowReads> shadows,
            ObjectProvider<Fallbacks> fallbacks,
            ProjectionStore store,
            ObjectProvider<Gate> beans,
            Clock clock) {
        return new PlanGates(
                BuiltInGates.of(
                        projections, stream, nodes, shadows.getIfAvailable(), fallbacks.getIfAvailable(), store.jdbc()),
                beans.orderedStream().toList(),
                clock);
    }
}
