package io.changeover.projections.autoconfigure;

import io.changeover.domain.autoconfigure.DeclaredClasses;
import io.changeover.effect.EffectCatalogue;
import io.changeover.effect.EffectLedger;
import io.changeover.effect.EffectLoop;
import io.changeover.effect.Effects;
import io.changeover.event.EventTypes;
import io.changeover.operation.EffectOperations;
import io.changeover.operation.LiveEffectOperations;
import io.changeover.projection.ProjectionStore;
import io.changeover.stream.OrderedStream;
import io.changeover.upcast.AggregateHistory;
import io.changeover.upcast.EventReader;
import io.changeover.view.Versions;
import java.util.List;
import org.axonframework.common.IdentifierFactory;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What events cause in the outside world, and the fence at which that passes from one version to another. */
@AutoConfiguration(after = ProjectionsAutoConfiguration.class)
@ConditionalOnBean(ProjectionStore.class)
@EnableConfigurationProperties(EffectProperties.class)
class EffectAutoConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(EffectAutoConfiguration.class);

    @Bean
    @ConditionalOnMissingBean
    EffectCatalogue effectCatalogue(ListableBeanFactory beans, Versions versions, EventTypes types) {
        List<EffectCatalogue.Declared> declared = beans.getBeansWithAnnotation(Effects.class).values().stream()
                .map(bean -> new EffectCatalogue.Declared(AopUtils.getTargetClass(bean), bean))
                .toList();
        DeclaredClasses.with(Effects.class, beans).stream()
                .filter(type -> declared.stream().noneMatch(each -> each.type() == type))
                .forEach(type -> LOG.info(
                        "Class '{}' has effects but there is no bean of it, so it does not act; declare one where it shall",
                        type.getName()));
        return EffectCatalogue.of(declared, versions, types);
    }

    @Bean
    EffectLedger effectLedger(EffectCatalogue catalogue, OrderedStream stream, ProjectionStore store) {
        return new EffectLedger(catalogue, stream, store);
    }

    @Bean
    @ConditionalOnMissingBean(EffectOperations.class)
    LiveEffectOperations effectOperations(EffectLedger ledger) {
        return new LiveEffectOperations(ledger);
    }

    /** For nodes that act. Effects of events that another application appends are that one's. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(MirrorGuard.class)
    @ConditionalOnBooleanProperty(name = "changeover.effects.enabled", matchIfMissing = true)
    static class Acting {

        @Bean
        EffectLoop effectLoop(
                EffectCatalogue catalogue,
                OrderedStream stream,
                EventReader reader,
                AggregateHistory history,
                ProjectionStore store,
                EffectProperties properties,
                NodeName node) {
            return new EffectLoop(
                    catalogue,
                    stream,
                    reader,
                    history,
                    store,
                    properties.options(),
                    node.value(),
                    IdentifierFactory.getInstance().generateIdentifier());
        }

        @Bean
        LoopLifecycle effectLifecycle(EffectLoop loop) {
            return new LoopLifecycle(loop::start, loop::close);
        }

        @Bean
        CommitWake effectWake(EventStore events, EffectLoop loop) {
            return new CommitWake(events, "effects", loop::wake);
        }
    }
}
