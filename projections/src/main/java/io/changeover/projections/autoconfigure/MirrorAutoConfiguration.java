package io.changeover.projections.autoconfigure;

import io.changeover.mirror.MirrorHorizon;
import io.changeover.mirror.MirrorLedger;
import io.changeover.mirror.MirrorSeed;
import io.changeover.mirror.TopicMirror;
import io.changeover.operation.LiveMirrorOperations;
import io.changeover.operation.MirrorOperations;
import io.changeover.projection.ProjectionStore;
import io.changeover.stream.CommitSignals;
import io.changeover.stream.EventTable;
import io.changeover.stream.OrderedStream;
import io.changeover.stream.SequenceCheck;
import io.changeover.stream.StoreSchema;
import io.changeover.stream.StreamFollower;
import io.changeover.upcast.EventSteps;
import io.changeover.upcast.Revision;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.Consumer;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Has the views follow a topic of another application in place of this one's own store. */
@AutoConfiguration(
        before = EventStoreAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration"
        })
@ConditionalOnBean(DataSource.class)
@ConditionalOnClass(Consumer.class)
@ConditionalOnProperty("changeover.mirror.topic")
@EnableConfigurationProperties(MirrorProperties.class)
class MirrorAutoConfiguration {

    private static EventTable carried(EventTable own) {
        return new EventTable(
                "changeover.mirrored_event", own.snapshots(), own.tokens(), EventTable.Columns.ofSpring());
    }

    @Bean
    MirrorHorizon mirrorHorizon(DataSource dataSource, EventTable table, MirrorProperties properties) {
        return new MirrorHorizon(dataSource, carried(table), properties.topic());
    }

    @Bean
    @ConditionalOnMissingBean
    @DependsOnDatabaseInitialization
    OrderedStream orderedStream(
            DataSource dataSource, EventTable table, MirrorHorizon horizon, MirrorProperties properties) {
        StoreSchema.migrate(dataSource);
        SequenceCheck.require(dataSource, table);
        MirrorHorizon.requireFree(dataSource, carried(table), properties.topic());
        return OrderedStream.carried(dataSource, carried(table), horizon);
    }

    @Bean
    TopicMirror topicMirror(
            ProjectionStore store,
            NodeName node,
            MirrorProperties properties,
            ChangeoverProperties changeover,
            StreamFollower follower,
            EventSteps steps,
            ObjectProvider<CommitSignals> signals) {
        TopicMirror mirror = new TopicMirror(
                properties.options(changeover.pollInterval()), node.value(), store, seed(properties.seed(), steps));
        mirror.onCommit(follower::wake);
        signals.ifAvailable(known -> mirror.onCommit(known::committed));
        return mirror;
    }

    /** What this application knows as its domain's; events of changeovers are each application's own. */
    private static @Nullable MirrorSeed seed(MirrorProperties.@Nullable Seed from, EventSteps steps) {
        if (from == null) {
            return null;
        }
        Set<String> names = steps.revisions().stream()
                .map(Revision::name)
                .filter(name -> !name.startsWith("changeover."))
                .collect(Collectors.toSet());
        return new MirrorSeed(new DriverManagerDataSource(from.url(), from.username(), from.password()), names);
    }

    @Bean
    LoopLifecycle mirrorLifecycle(TopicMirror mirror) {
        return new LoopLifecycle(mirror::start, mirror::close);
    }

    @Bean
    MirrorGuard mirrorGuard(EventStore events, MirrorProperties properties) {
        return new MirrorGuard(events, properties.topic());
    }

    @Bean
    @ConditionalOnMissingBean
    MirrorOperations mirrorOperations(ProjectionStore store, MirrorHorizon horizon, MirrorProperties properties) {
        return new LiveMirrorOperations(new MirrorLedger(properties.topic(), store, horizon));
    }
}
