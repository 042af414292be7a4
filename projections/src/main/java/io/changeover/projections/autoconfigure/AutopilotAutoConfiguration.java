package io.changeover.projections.autoconfigure;

import io.changeover.autopilot.Autopilot;
import io.changeover.autopilot.Controls;
import io.changeover.autopilot.Disposals;
import io.changeover.autopilot.PilotRecords;
import io.changeover.backfill.Backfills;
import io.changeover.gate.Gate;
import io.changeover.gate.Gates;
import io.changeover.operation.AutopilotOperations;
import io.changeover.operation.ChangeoverOperations;
import io.changeover.operation.LiveAutopilotOperations;
import io.changeover.projection.ProjectionStore;
import io.changeover.projection.Projections;
import io.changeover.projection.VersionStates;
import io.changeover.serving.Nodes;
import io.changeover.serving.Router;
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
import org.springframework.context.annotation.Configuration;

/** What carries changeovers forward by their plans. */
@AutoConfiguration(after = GateAutoConfiguration.class)
@ConditionalOnBean(ChangeoverOperations.class)
@EnableConfigurationProperties(AutopilotProperties.class)
class AutopilotAutoConfiguration {

    @Bean
    PilotRecords pilotRecords(ProjectionStore store, NodeName node, AutopilotProperties properties) {
        return new PilotRecords(store.jdbc(), store.json(), node.value(), properties.takeover());
    }

    @Bean
    @ConditionalOnMissingBean
    Controls autopilotControls(
            ChangeoverOperations operations,
            Backfills backfills,
            Projections projections,
            VersionStates states,
            Nodes nodes) {
        return LiveAutopilotOperations.controls(operations, backfills, projections, states, nodes);
    }

    @Bean
    Autopilot autopilot(
            Versions versions,
            Router router,
            Gates gates,
            Controls controls,
            ObjectProvider<Disposals> disposals,
            PilotRecords records,
            AutopilotProperties properties,
            ChangeoverProperties changeover,
            Clock clock) {
        return new Autopilot(
                versions.views(),
                router,
                gates,
                controls,
                disposals.getIfAvailable(),
                records,
                properties.options(),
                changeover.gates().maxParityAge(),
                clock);
    }

    @Bean
    @ConditionalOnMissingBean(AutopilotOperations.class)
    LiveAutopilotOperations autopilotOperations(Versions versions, Router router, PilotRecords records) {
        return new LiveAutopilotOperations(versions, router, records);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "changeover.autopilot.enabled", matchIfMissing = true)
    LoopLifecycle autopilotLifecycle(Autopilot autopilot) {
        return new LoopLifecycle(autopilot::start, autopilot::close);
    }

    /** For applications that have Micrometer. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    static class Meters {

        @Bean
        AutopilotMeters autopilotMeters(Versions versions, Autopilot autopilot, ObjectProvider<Gate> beans) {
            return new AutopilotMeters(versions, autopilot, beans);
        }
    }
}
