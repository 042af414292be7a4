package io.changeover.benchmark.replay.contender;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.changeover.benchmark.replay.store.Database;
import io.changeover.benchmark.replay.store.OrdersEvents;
import io.changeover.event.EventSerializer;
import io.changeover.stream.EventTable;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.jdbc.UnitOfWorkAwareConnectionProviderWrapper;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;

/**
 * Axon as somebody sets it up who knows it well: JDBC in place of JPA, the engine and the processor in batches, a few
 * segments, each batch folded before it is written, secondary indexes after the load.
 */
public final class TunedAxon implements Contender {

    private static final String TABLE = "benchmark.tuned_axon_board";
    private static final String PROCESSOR = "tuned-order-board";
    private static final int BATCH = 1_000;
    private static final int SEGMENTS = 4;

    @Override
    public String name() {
        return "tuned Axon";
    }

    @Override
    public String what() {
        return "pooled streaming processor, JDBC, engine and processor batches of %,d, %d segments, each batch folded in its unit of work and written by one batched upsert with reWriteBatchedInserts, secondary indexes after the load"
                .formatted(BATCH, SEGMENTS);
    }

    @Override
    public boolean provenance() {
        return false;
    }

    @Override
    public String table() {
        return TABLE;
    }

    @Override
    public void reset(Database store) {
        store.run(
                "drop table if exists " + TABLE,
                "delete from public.token_entry where processor_name = '%s'".formatted(PROCESSOR));
    }

    @Override
    public Replay replay(Database store) {
        long events = store.number("select max(global_index) from public.domain_event_entry");
        try (HikariDataSource pool = pool(store)) {
            JdbcTemplate jdbc = new JdbcTemplate(pool);
            Configuration axon = axon(pool, jdbc);
            Stopwatch watch = new Stopwatch();
            jdbc.execute("create table %s (%s, primary key (order_id))".formatted(TABLE, BoardRow.DEFINITION));
            axon.start();
            try {
                AxonReplay.await(axon, PROCESSOR, events);
                watch.lap("replay");
                for (String column : BoardTable.INDEXED) {
                    jdbc.execute("create index on %s (%s)".formatted(TABLE, column));
                }
                jdbc.execute("analyze " + TABLE);
                watch.lap("index and analyze");
            } finally {
                axon.shutdown();
            }
            return new Replay(watch.total(), watch.stages());
        }
    }

    private static HikariDataSource pool(Database store) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(store.url() + "?reWriteBatchedInserts=true");
        config.setUsername(store.user());
        config.setPassword("");
        return new HikariDataSource(config);
    }

    private static Configuration axon(HikariDataSource pool, JdbcTemplate jdbc) {
        EventTable table = EventTable.ofSpring();
        EventSerializer serializer = OrdersEvents.serializer();
        TransactionManager transactions = new SpringTransactionManager(new JdbcTransactionManager(pool));
        ConnectionProvider connections =
                new UnitOfWorkAwareConnectionProviderWrapper(new SpringDataSourceConnectionProvider(pool));
        Configurer configurer = AxonReplay.configurer(serializer, transactions)
                .configureEmbeddedEventStore(axon -> JdbcEventStorageEngine.builder()
                        .snapshotSerializer(serializer)
                        .eventSerializer(serializer)
                        .upcasterChain(axon.upcasterChain())
                        .schema(table.eventSchema())
                        .connectionProvider(connections)
                        .transactionManager(transactions)
                        .batchSize(BATCH)
                        .build());
        configurer
                .eventProcessing()
                .registerTokenStore(axon -> JdbcTokenStore.builder()
                        .connectionProvider(connections)
                        .schema(table.tokenSchema())
                        .serializer(serializer)
                        .contentType(byte[].class)
                        .build())
                .byDefaultAssignTo(PROCESSOR)
                .registerEventHandler(axon -> new TunedProjection(jdbc, TABLE))
                .registerPooledStreamingEventProcessor(
                        PROCESSOR, Configuration::eventStore, (axon, processor) -> processor
                                .initialToken(StreamableMessageSource::createTailToken)
                                .batchSize(BATCH)
                                .initialSegmentCount(SEGMENTS));
        return configurer.buildConfiguration();
    }
}
