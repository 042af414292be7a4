package io.changeover.benchmark.replay.stock;

import io.changeover.benchmark.replay.contender.AxonReplay;
import io.changeover.benchmark.replay.store.OrdersEvents;
import io.changeover.event.EventSerializer;
import jakarta.persistence.EntityManagerFactory;
import javax.sql.DataSource;
import org.axonframework.common.jpa.EntityManagerProvider;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.eventhandling.tokenstore.jpa.JpaTokenStore;
import org.axonframework.eventhandling.tokenstore.jpa.TokenEntry;
import org.axonframework.eventsourcing.eventstore.jpa.DomainEventEntry;
import org.axonframework.eventsourcing.eventstore.jpa.JpaEventStorageEngine;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizationAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * A Boot application with JPA as it comes. Axon's parts are put together here with Axon's own defaults, because its
 * starter finds no transaction manager under Boot 4 and would work without transactions.
 */
@ImportAutoConfiguration({
    DataSourceAutoConfiguration.class,
    TransactionManagerCustomizationAutoConfiguration.class,
    TransactionAutoConfiguration.class,
    HibernateJpaAutoConfiguration.class,
    DataJpaRepositoriesAutoConfiguration.class
})
@AutoConfigurationPackage
@EntityScan(basePackageClasses = {StockBoardRow.class, DomainEventEntry.class, TokenEntry.class})
class StockApplication {

    @Bean
    StockProjection stockProjection(StockBoardRows rows) {
        return new StockProjection(rows);
    }

    /** Started by whoever measures. */
    @Bean(destroyMethod = "")
    Configuration axon(
            DataSource dataSource,
            PlatformTransactionManager platform,
            EntityManagerFactory factory,
            StockProjection projection)
            throws Exception {
        EventSerializer serializer = OrdersEvents.serializer();
        TransactionManager transactions = new SpringTransactionManager(platform);
        EntityManagerProvider managers = () -> SharedEntityManagerCreator.createSharedEntityManager(factory);
        Configurer configurer = AxonReplay.configurer(serializer, transactions)
                .configureEmbeddedEventStore(axon -> JpaEventStorageEngine.builder()
                        .snapshotSerializer(serializer)
                        .eventSerializer(serializer)
                        .upcasterChain(axon.upcasterChain())
                        .entityManagerProvider(managers)
                        .transactionManager(transactions)
                        .build());
        configurer
                .eventProcessing()
                .usingPooledStreamingEventProcessors()
                .registerTokenStore(axon -> JpaTokenStore.builder()
                        .entityManagerProvider(managers)
                        .serializer(serializer)
                        .build())
                // The default wraps the same position in a replay token, whose context Jackson 3 refuses to read back.
                .registerPooledStreamingEventProcessorConfiguration(
                        (axon, processor) -> processor.initialToken(StreamableMessageSource::createTailToken))
                .registerEventHandler(axon -> projection);
        return configurer.buildConfiguration();
    }
}
