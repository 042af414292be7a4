package io.changeover.examples.orders;

import io.changeover.event.EventTypes;
import io.changeover.examples.orders.customer.Customer;
import io.changeover.examples.orders.dispatch.CommandBatches;
import io.changeover.examples.orders.dispatch.HistoricEvents;
import io.changeover.examples.orders.payment.Payment;
import io.changeover.examples.orders.steelwheels.ImportListener;
import io.changeover.examples.orders.steelwheels.OrdersImporter;
import io.changeover.examples.orders.steelwheels.SteelWheels;
import io.changeover.examples.orders.traffic.LiveTraffic;
import io.changeover.upcast.EventSteps;
import java.time.Clock;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** The wholesaler as a part of an application: aggregates, view versions and their reads, the import and the traffic. */
@AutoConfiguration(
        // After Axon's own, whose correlation data provider would otherwise back off before ours.
        afterName = {
            "org.axonframework.springboot.autoconfig.AxonAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration"
        },
        // Which looks for topics that are declared.
        beforeName = "io.changeover.projections.autoconfigure.PublishAutoConfiguration")
@EnableConfigurationProperties({
    OrdersConfirmationsProperties.class,
    OrdersImportProperties.class,
    OrdersTrafficProperties.class
})
@AutoConfigurationPackage // events, views and reads are found by their annotations
@Import({
    Customer.class,
    OrdersConfirmationsConfiguration.class,
    OrdersTopicsConfiguration.class,
    io.changeover.examples.orders.order.Order.class, // not Spring's annotation of that name
    Payment.class
})
class OrdersAutoConfiguration {

    /** Early, so that what follows finds a store with history. */
    private static final int EARLY = -100;

    @Bean
    CorrelationDataProvider ordersHistoryCorrelation() {
        return HistoricEvents.correlation();
    }

    @Bean
    SmartInitializingSingleton ordersHistory(EventStore store, EventTypes types, EventSteps steps) {
        HistoricEvents history =
                new HistoricEvents(types, steps, JsonMapper.builder().build());
        return () -> store.registerDispatchInterceptor(history);
    }

    @Bean
    CommandBatches ordersCommandBatches(CommandGateway gateway, PlatformTransactionManager transactions) {
        return new CommandBatches(gateway, new TransactionTemplate(transactions));
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "orders.import.enabled", matchIfMissing = true)
    OrdersImporter ordersImporter(
            CommandBatches batches,
            JdbcTemplate jdbc,
            PlatformTransactionManager transactions,
            OrdersImportProperties properties,
            ImportListener listener) {
        return new OrdersImporter(
                batches,
                jdbc,
                new TransactionTemplate(transactions),
                JsonMapper.builder().build(),
                properties.options(),
                listener);
    }

    @Bean
    @ConditionalOnMissingBean
    ImportListener ordersImportListener() {
        return new LoggingImportListener();
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "orders.traffic.enabled", matchIfMissing = true)
    LiveTraffic ordersTraffic(
            CommandBatches batches, JdbcClient jdbc, ObjectProvider<Clock> clock, OrdersTrafficProperties properties) {
        return new LiveTraffic(
                batches, jdbc, clock.getIfAvailable(Clock::systemUTC), properties.options(), SteelWheels::read);
    }

    @Bean
    @Order(EARLY)
    OrdersStart ordersStart(ObjectProvider<OrdersImporter> importer, ObjectProvider<LiveTraffic> traffic) {
        return new OrdersStart(importer, traffic);
    }
}
