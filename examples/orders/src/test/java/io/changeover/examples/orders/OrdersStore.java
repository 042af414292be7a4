package io.changeover.examples.orders;

import io.changeover.event.EventSerializer;
import io.changeover.event.EventTypes;
import io.changeover.event.StoredEvent;
import io.changeover.examples.orders.customer.Customer;
import io.changeover.examples.orders.dispatch.CommandBatches;
import io.changeover.examples.orders.dispatch.HistoricEvents;
import io.changeover.examples.orders.event.CreditLimitSet;
import io.changeover.examples.orders.event.CustomerContactChanged;
import io.changeover.examples.orders.event.CustomerRegistered;
import io.changeover.examples.orders.event.OrderCancelled;
import io.changeover.examples.orders.event.OrderDisputed;
import io.changeover.examples.orders.event.OrderLineAdded;
import io.changeover.examples.orders.event.OrderPlaced;
import io.changeover.examples.orders.event.OrderPutOnHold;
import io.changeover.examples.orders.event.OrderResolved;
import io.changeover.examples.orders.event.OrderShipped;
import io.changeover.examples.orders.event.PaymentReceived;
import io.changeover.examples.orders.order.Order;
import io.changeover.examples.orders.payment.Payment;
import io.changeover.examples.orders.revision.OrdersSteps;
import io.changeover.upcast.EventReader;
import io.changeover.upcast.EventSteps;
import io.changeover.upcast.StepUpcaster;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.axonframework.common.jdbc.UnitOfWorkAwareConnectionProviderWrapper;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventsourcing.eventstore.jdbc.HsqlEventTableFactory;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.messaging.correlation.MessageOriginProvider;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.hsqldb.jdbc.JDBCDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** The aggregates on a real event store with real transactions, in the memory of the test. */
public final class OrdersStore implements AutoCloseable {

    /** The event classes of this domain. */
    public static final EventTypes TYPES = EventTypes.of(List.of(
            CustomerRegistered.class,
            CustomerContactChanged.class,
            CreditLimitSet.class,
            OrderPlaced.class,
            OrderLineAdded.class,
            OrderShipped.class,
            OrderCancelled.class,
            OrderPutOnHold.class,
            OrderDisputed.class,
            OrderResolved.class,
            PaymentReceived.class));

    /** The steps of this domain. */
    public static final EventSteps STEPS = EventSteps.of(OrdersSteps.all(), TYPES);

    /** A reader of stored events. */
    public static final EventReader READER =
            new EventReader(TYPES, STEPS, JsonMapper.builder().build());

    private final Configuration axon;
    private final CommandBatches batches;
    private final JdbcClient jdbc;

    /** An empty store. */
    public OrdersStore() {
        JDBCDataSource database = new JDBCDataSource();
        database.setUrl("jdbc:hsqldb:mem:" + UUID.randomUUID());
        database.setUser("sa");
        jdbc = JdbcClient.create(database);
        DataSourceTransactionManager transactions = new DataSourceTransactionManager(database);
        EventSerializer serializer = new EventSerializer(TYPES);
        SpringTransactionManager axonTransactions = new SpringTransactionManager(transactions);
        JdbcEventStorageEngine engine = JdbcEventStorageEngine.builder()
                .snapshotSerializer(serializer)
                .eventSerializer(serializer)
                .upcasterChain(new StepUpcaster(STEPS, serializer.getObjectMapper(), null, null))
                .connectionProvider(
                        new UnitOfWorkAwareConnectionProviderWrapper(new SpringDataSourceConnectionProvider(database)))
                .transactionManager(axonTransactions)
                .build();
        engine.createSchema(HsqlEventTableFactory.INSTANCE);
        axon = DefaultConfigurer.defaultConfiguration(false)
                .configureSerializer(configuration -> serializer)
                .configureTransactionManager(configuration -> axonTransactions)
                .configureEmbeddedEventStore(configuration -> engine)
                .configureCorrelationDataProviders(
                        configuration -> List.of(new MessageOriginProvider(), HistoricEvents.correlation()))
                .configureAggregate(Customer.class)
                .configureAggregate(Order.class)
                .configureAggregate(Payment.class)
                .start();
        axon.eventStore()
                .registerDispatchInterceptor(
                        new HistoricEvents(TYPES, STEPS, JsonMapper.builder().build()));
        batches = new CommandBatches(axon.commandGateway(), new TransactionTemplate(transactions));
    }

    /** Batches that write to this store. */
    public CommandBatches batches() {
        return batches;
    }

    /** Everything stored so far, in order. */
    public List<StoredEvent> events() {
        return jdbc.sql("select * from DomainEventEntry order by globalIndex")
                .query((row, number) -> new StoredEvent(
                        row.getLong("globalIndex"),
                        row.getString("eventIdentifier"),
                        row.getString("type"),
                        row.getString("aggregateIdentifier"),
                        row.getLong("sequenceNumber"),
                        row.getString("payloadType"),
                        row.getString("payloadRevision"),
                        row.getBytes("payload"),
                        row.getBytes("metaData"),
                        Instant.parse(row.getString("timeStamp"))))
                .list();
    }

    /** The payload of the event as text. */
    public static String text(StoredEvent event) {
        return new String(event.payload(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        axon.shutdown();
    }
}
