package io.changeover.projections.autoconfigure;

import io.changeover.backfill.Backfills;
import io.changeover.catalog.EventDomains;
import io.changeover.catalog.LaterRelease;
import io.changeover.domain.autoconfigure.DeclaredClasses;
import io.changeover.event.EventSerializer;
import io.changeover.event.EventTypes;
import io.changeover.gate.Gates;
import io.changeover.operation.ChangeoverOperations;
import io.changeover.operation.EventOperations;
import io.changeover.operation.LivePlanOperations;
import io.changeover.operation.LiveRebuildOperations;
import io.changeover.operation.LiveRouteOperations;
import io.changeover.operation.LiveSegmentOperations;
import io.changeover.operation.NodeKeeper;
import io.changeover.operation.NodeStart;
import io.changeover.operation.OperationLimits;
import io.changeover.operation.Operations;
import io.changeover.operation.PlanOperations;
import io.changeover.operation.RebuildOperations;
import io.changeover.operation.RouteOperations;
import io.changeover.operation.SegmentOperations;
import io.changeover.operation.StoredEventOperations;
import io.changeover.parity.ParityCheck;
import io.changeover.projection.HandlerEnvironment;
import io.changeover.projection.HandlerOptions;
import io.changeover.projection.HandlerSession;
import io.changeover.projection.HistoryPages;
import io.changeover.projection.ProjectionOptions;
import io.changeover.projection.ProjectionStore;
import io.changeover.projection.Projections;
import io.changeover.projection.SegmentWishes;
import io.changeover.projection.VersionStates;
import io.changeover.rebuild.FoldFingerprints;
import io.changeover.rebuild.RebuildOptions;
import io.changeover.rebuild.Rebuilds;
import io.changeover.serving.Nodes;
import io.changeover.serving.Readership;
import io.changeover.serving.RouteFollower;
import io.changeover.serving.Router;
import io.changeover.serving.VersionFlags;
import io.changeover.stream.EventTable;
import io.changeover.stream.OrderedEventSource;
import io.changeover.stream.OrderedStream;
import io.changeover.stream.StoreInventory;
import io.changeover.stream.StoreSecret;
import io.changeover.stream.StreamFollower;
import io.changeover.throttle.Governor;
import io.changeover.trace.Traces;
import io.changeover.upcast.AggregateHistory;
import io.changeover.upcast.EventReader;
import io.changeover.upcast.EventSteps;
import io.changeover.view.FoldedVersion;
import io.changeover.view.ForeignVersion;
import io.changeover.view.ForeignView;
import io.changeover.view.HandlerVersion;
import io.changeover.view.HandlerView;
import io.changeover.view.VersionDefinition;
import io.changeover.view.Versions;
import io.changeover.view.View;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.beans.BeanUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Views, their building, comparison and serving. */
@AutoConfiguration(
        after = EventStoreAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
            "org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration",
            "org.axonframework.springboot.autoconfig.AxonAutoConfiguration"
        })
@ConditionalOnBean(OrderedStream.class)
@Import(JpaHandlerConfiguration.class)
class ProjectionsAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Versions versions(BeanFactory beans) {
        List<VersionDefinition> definitions = new ArrayList<>();
        DeclaredClasses.with(View.class, beans)
                .forEach(type -> definitions.add(FoldedVersion.of(BeanUtils.instantiateClass(type))));
        DeclaredClasses.with(ForeignView.class, beans)
                .forEach(type -> definitions.add(ForeignVersion.of(BeanUtils.instantiateClass(type))));
        DeclaredClasses.with(HandlerView.class, beans)
                .forEach(type -> definitions.add(HandlerVersion.of(BeanUtils.instantiateClass(type))));
        return Versions.of(definitions);
    }

    @Bean
    @ConditionalOnMissingBean
    Clock changeoverClock() {
        return Clock.systemUTC();
    }

    @Bean
    ProjectionStore projectionStore(
            JdbcTemplate jdbc,
            PlatformTransactionManager transactions,
            TokenStore tokens,
            OrderedStream stream,
            EventTable table,
            EventSerializer serializer,
            Clock clock) {
        return new ProjectionStore(
                jdbc,
                new TransactionTemplate(transactions),
                tokens,
                stream.table(),
                table,
                serializer.getObjectMapper(),
                clock);
    }

    @Bean
    SegmentWishes segmentWishes(ProjectionStore store, NodeName node) {
        return new SegmentWishes(store.jdbc(), node.value());
    }

    @Bean
    VersionStates versionStates(ProjectionStore store) {
        return new VersionStates(store.jdbc(), store.clock());
    }

    @Bean
    Projections projections(
            Versions versions,
            EventReader reader,
            OrderedStream stream,
            OrderedEventSource source,
            ProjectionStore store,
            TransactionManager transactions,
            HandlerEnvironment environment,
            FoldFingerprints fingerprints,
            ObjectProvider<Traces> traces,
            ChangeoverProperties properties) {
        ChangeoverProperties.Live live = properties.live();
        return new Projections(
                versions,
                reader,
                stream,
                source,
                store,
                transactions,
                new ProjectionOptions(live.batchSize(), live.segments(), live.workers()),
                environment,
                new HandlerOptions(
                        properties.handlers().batchSize(), properties.handlers().claimInterval()),
                fingerprints,
                traces.getIfAvailable(() -> Traces.NONE));
    }

    @Bean
    HandlerEnvironment handlerEnvironment(
            BeanFactory beans, Configuration axon, EventTypes types, ObjectProvider<HandlerSession> session) {
        return new HandlerEnvironment(
                component -> HandlerBeans.one(component, beans),
                axon,
                types,
                session.getIfAvailable(() -> HandlerSession.NONE));
    }

    @Bean
    static HandlerTakeover handlerTakeover() {
        return new HandlerTakeover();
    }

    @Bean
    FoldFingerprints foldFingerprints(
            ProjectionStore store, EventDomains domains, EventSteps steps, EventReader reader) {
        return new FoldFingerprints(store, domains, steps, reader);
    }

    @Bean
    Rebuilds rebuilds(
            Versions versions,
            Projections projections,
            ProjectionStore store,
            VersionStates states,
            ParityCheck parity,
            EventReader reader,
            OrderedStream stream,
            AggregateHistory aggregates,
            FoldFingerprints fingerprints) {
        return new Rebuilds(
                versions,
                projections,
                store,
                states,
                parity,
                reader,
                HistoryPages.of(stream),
                aggregates,
                fingerprints,
                RebuildOptions.defaults());
    }

    @Bean
    @ConditionalOnMissingBean(RebuildOperations.class)
    LiveRebuildOperations rebuildOperations(Rebuilds rebuilds, ObjectProvider<ChangeoverOperations> operations) {
        return new LiveRebuildOperations(rebuilds, version -> operations.ifAvailable(verbs -> verbs.mended(version)));
    }

    @Bean
    Backfills backfills(
            Projections projections,
            OrderedStream stream,
            StoreInventory inventory,
            ProjectionStore store,
            Governor governor,
            SegmentWishes wishes,
            ObjectProvider<Traces> traces,
            ChangeoverProperties properties) {
        return new Backfills(
                projections,
                stream,
                inventory,
                store,
                properties.backfill().options(),
                governor,
                wishes,
                traces.getIfAvailable(() -> Traces.NONE));
    }

    /** For applications that have Micrometer. */
    @org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    static class Meters {

        @Bean
        BackfillMeters backfillMeters(Versions versions, Backfills backfills) {
            return new BackfillMeters(versions, backfills);
        }
    }

    @Bean
    ParityCheck parityCheck(
            Versions versions,
            Projections projections,
            OrderedStream stream,
            ProjectionStore store,
            BeanFactory beans,
            ChangeoverProperties properties) {
        return new ParityCheck(
                versions,
                projections,
                stream,
                store,
                properties.parity().options(),
                name -> beans.getBean(name, DataSource.class));
    }

    @Bean
    Router router(ChangeoverProperties properties, ObjectProvider<VersionFlags> flags) {
        return new Router(properties::settings, flags.getIfAvailable());
    }

    @Bean
    Nodes nodes(ProjectionStore store, NodeName node) {
        return new Nodes(store.jdbc(), node.value(), store.decisions().events());
    }

    @Bean
    RouteFollower routeFollower(
            Versions versions,
            EventStore events,
            Router router,
            ProjectionStore store,
            Nodes nodes,
            ChangeoverProperties properties) {
        return new RouteFollower(
                versions.views(),
                events,
                router,
                store.jdbc(),
                nodes,
                store.decisions().events(),
                properties.serving().follow(properties.pollInterval()));
    }

    @Bean
    @ConditionalOnMissingBean(Operations.class)
    ChangeoverOperations operations(
            Versions versions,
            CommandGateway commands,
            Router router,
            RouteFollower follower,
            Projections projections,
            Backfills backfills,
            ParityCheck parity,
            VersionStates states,
            OrderedStream stream,
            ChangeoverProperties properties,
            Clock clock,
            FoldFingerprints fingerprints,
            ObjectProvider<Readership> readership,
            Nodes nodes,
            Gates gates,
            EventStore events) {
        return new ChangeoverOperations(
                versions,
                commands,
                router,
                follower,
                projections,
                backfills,
                parity,
                states,
                stream,
                new OperationLimits(
                        properties.gates().maxLag(),
                        properties.gates().maxParityAge(),
                        properties.serving().acknowledgementWait()),
                clock,
                fingerprints,
                readership.getIfAvailable(() -> Readership.UNKNOWN),
                nodes,
                gates,
                events);
    }

    @Bean
    @ConditionalOnMissingBean(PlanOperations.class)
    @ConditionalOnBean(ChangeoverOperations.class)
    LivePlanOperations planOperations(Versions versions, ChangeoverOperations changeovers, Gates gates) {
        return new LivePlanOperations(versions, changeovers, gates);
    }

    @Bean
    @ConditionalOnMissingBean(RouteOperations.class)
    @ConditionalOnBean(ChangeoverOperations.class)
    LiveRouteOperations routeOperations(
            Versions versions, Router router, Nodes nodes, ChangeoverOperations changeovers) {
        return new LiveRouteOperations(versions, router, nodes, changeovers);
    }

    @Bean
    @ConditionalOnMissingBean(EventOperations.class)
    StoredEventOperations eventOperations(
            EventDomains domains,
            EventTypes types,
            EventSteps steps,
            EventReader reader,
            OrderedStream stream,
            StoreInventory inventory,
            DataSource dataSource) {
        return new StoredEventOperations(domains, types, steps, reader, stream, inventory, new StoreSecret(dataSource));
    }

    @Bean
    EventCheckAtStart eventCheckAtStart(
            EventDomains domains,
            EventSteps steps,
            StoreInventory inventory,
            ObjectProvider<LaterRelease> later,
            ChangeoverProperties properties) {
        return new EventCheckAtStart(domains, steps, inventory, later, properties.store());
    }

    @Bean
    @ConditionalOnBean(ChangeoverOperations.class)
    NodeStart nodeStart(
            Versions versions,
            CommandGateway commands,
            Router router,
            RouteFollower follower,
            Backfills backfills,
            VersionStates states,
            ChangeoverOperations operations) {
        return new NodeStart(versions, commands, router, follower, backfills, states, operations);
    }

    @Bean(destroyMethod = "") // stopped by the node's lifecycle, in its order
    @ConditionalOnBean(NodeStart.class)
    NodeKeeper nodeKeeper(
            Versions versions,
            Router router,
            Projections projections,
            Backfills backfills,
            VersionStates states,
            NodeStart start,
            ChangeoverOperations operations,
            SegmentWishes wishes,
            ChangeoverProperties properties) {
        return new NodeKeeper(
                versions,
                router,
                projections,
                backfills,
                states,
                start,
                operations,
                wishes,
                properties.live().balance());
    }

    @Bean
    @ConditionalOnBean(NodeKeeper.class)
    NodeLifecycle nodeLifecycle(
            NodeStart start, NodeKeeper keeper, Projections projections, Backfills backfills, RouteFollower follower) {
        return new NodeLifecycle(start, keeper, projections, backfills, follower);
    }

    @Bean
    @ConditionalOnMissingBean(SegmentOperations.class)
    LiveSegmentOperations segmentOperations(
            Versions versions,
            Projections projections,
            VersionStates states,
            OrderedStream stream,
            SegmentWishes wishes) {
        return new LiveSegmentOperations(versions, projections, states, stream, wishes);
    }

    @Bean
    static RoutedViewRegistrar routedViewRegistrar() {
        return new RoutedViewRegistrar();
    }

    @Bean
    CommitWake commitWake(EventStore events, StreamFollower follower) {
        return new CommitWake(events, "stream", follower::wake);
    }
}
