package io.changeover.projections.autoconfigure;

import io.changeover.event.EventSerializer;
import io.changeover.mirror.MirrorHorizon;
import io.changeover.projection.Projections;
import io.changeover.stream.EventTable;
import io.changeover.stream.OrderedEventSource;
import io.changeover.stream.OrderedEventStorageEngine;
import io.changeover.stream.OrderedStream;
import io.changeover.stream.SequenceCheck;
import io.changeover.stream.StoreInventory;
import io.changeover.stream.StoreSchema;
import io.changeover.stream.StoredAggregates;
import io.changeover.stream.StreamFollower;
import io.changeover.upcast.AggregateHistory;
import javax.sql.DataSource;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.transaction.PlatformTransactionManager;

/** The event store on PostgreSQL and its ordered stream. */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration",
            "io.changeover.upcasters.autoconfigure.UpcastersAutoConfiguration"
        },
        beforeName = {
            "org.axonframework.springboot.autoconfig.AxonAutoConfiguration",
            "org.axonframework.springboot.autoconfig.JdbcAutoConfiguration",
            "org.axonframework.springboot.autoconfig.JpaAutoConfiguration",
            "org.axonframework.springboot.autoconfig.JpaEventStoreAutoConfiguration",
            "org.axonframework.springboot.autoconfig.NoOpTransactionAutoConfiguration",
            "org.axonframework.springboot.autoconfig.TransactionAutoConfiguration"
        })
@ConditionalOnBean(DataSource.class)
@EnableConfigurationProperties(ChangeoverProperties.class)
class EventStoreAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    EventTable eventTable() {
        return EventTable.ofSpring();
    }

    /**
     * Axon's own auto-configuration looks for a transaction manager under names of Spring Boot 3. Under Boot 4 it finds
     * none and silently works without transactions: events, rows and tokens would then commit one by one.
     */
    @Bean
    @ConditionalOnMissingBean
    TransactionManager axonTransactionManager(PlatformTransactionManager transactions) {
        return new SpringTransactionManager(transactions);
    }

    /**
     * Everything that touches the tables gets them through this bean, so nothing comes before the migration. A team's
     * own Flyway goes first, because it refuses to begin in a schema that has tables already.
     */
    @Bean
    @ConditionalOnMissingBean
    @DependsOnDatabaseInitialization
    OrderedStream orderedStream(DataSource dataSource, EventTable table) {
        StoreSchema.migrate(dataSource);
        SequenceCheck.require(dataSource, table);
        MirrorHorizon.requireNone(dataSource);
        return new OrderedStream(dataSource, table);
    }

    @Bean
    @ConditionalOnMissingBean
    AggregateHistory aggregateHistory(DataSource dataSource, OrderedStream stream) {
        return new StoredAggregates(dataSource, stream.table());
    }

    @Bean
    @ConditionalOnMissingBean
    StoreInventory storeInventory(DataSource dataSource, OrderedStream stream) {
        return new StoreInventory(dataSource, stream);
    }

    @Bean
    StreamFollower streamFollower(OrderedStream stream, ChangeoverProperties properties) {
        return new StreamFollower(stream, properties.pollInterval());
    }

    @Bean
    OrderedEventSource orderedEventSource(StreamFollower follower, ChangeoverProperties properties) {
        return new OrderedEventSource(follower, properties.live().batchSize());
    }

    /** Appends to the store of this application, also where its views follow another's. */
    @Bean
    @ConditionalOnMissingBean
    EventStorageEngine eventStorageEngine(
            OrderedStream stream,
            EventTable table,
            DataSource dataSource,
            Serializer serializer,
            EventSerializer eventSerializer,
            Configuration configuration,
            ConnectionProvider connections,
            TransactionManager transactions) {
        OrderedStream own = stream.table().equals(table) ? stream : new OrderedStream(dataSource, table);
        return new OrderedEventStorageEngine(own, engine -> engine.snapshotSerializer(serializer)
                .eventSerializer(eventSerializer)
                .upcasterChain(configuration.upcasterChain())
                .snapshotFilter(configuration.snapshotFilter())
                .connectionProvider(connections)
                .transactionManager(transactions));
    }

    @Bean
    NodeName nodeName(ChangeoverProperties properties, Environment environment) {
        return NodeName.of(properties.nodeId(), environment.getProperty("server.port", Integer.class, 0));
    }

    @Bean
    @ConditionalOnMissingBean
    TokenStore tokenStore(OrderedStream stream, ConnectionProvider connections, Serializer serializer, NodeName node) {
        return JdbcTokenStore.builder()
                .connectionProvider(connections)
                .schema(stream.table().tokenSchema())
                .serializer(serializer)
                .contentType(byte[].class)
                .nodeId(node.value())
                .claimTimeout(Projections.CLAIM_TIMEOUT)
                .build();
    }
}
