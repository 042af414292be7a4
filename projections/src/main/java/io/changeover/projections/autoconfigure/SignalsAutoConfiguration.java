package io.changeover.projections.autoconfigure;

import io.changeover.effect.EffectLoop;
import io.changeover.stream.CommitSignals;
import io.changeover.stream.OrderedStream;
import io.changeover.stream.StreamFollower;
import javax.sql.DataSource;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Has nodes told of each other's commits. */
@AutoConfiguration(after = {ProjectionsAutoConfiguration.class, EffectAutoConfiguration.class})
@ConditionalOnBean({StreamFollower.class, EventStore.class})
@ConditionalOnBooleanProperty(name = "changeover.signals.enabled", matchIfMissing = true)
class SignalsAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    CommitSignals commitSignals(
            DataSource dataSource,
            OrderedStream stream,
            NodeName node,
            StreamFollower follower,
            ObjectProvider<EffectLoop> effects) {
        CommitSignals signals = new CommitSignals(dataSource, stream.table(), node.value());
        signals.onCommit(follower::wake);
        effects.ifAvailable(loop -> signals.onCommit(loop::wake));
        return signals;
    }

    @Bean
    CommitWake signalsWake(EventStore events, CommitSignals signals) {
        return new CommitWake(events, "signals", signals::committed);
    }

    @Bean
    LoopLifecycle signalsLifecycle(CommitSignals signals) {
        return new LoopLifecycle(signals::start, signals::close);
    }
}
