package io.changeover.benchmark.replay.stock;

import io.changeover.benchmark.replay.contender.AxonReplay;
import io.changeover.benchmark.replay.contender.Contender;
import io.changeover.benchmark.replay.store.Database;
import java.time.Duration;
import java.util.Map;
import org.axonframework.config.Configuration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Stock Axon: its defaults, and a Spring Data JPA projection. */
public final class StockAxon implements Contender {

    private static final String TABLE = "benchmark.stock_axon_board";

    @Override
    public String name() {
        return "stock Axon";
    }

    @Override
    public String what() {
        return "pooled streaming processor with all defaults (batch size 1, 16 segments), JPA event store and token store, Spring Data JPA projection";
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
                "delete from public.token_entry where processor_name = '%s'".formatted(StockProjection.PROCESSOR));
    }

    @Override
    public Replay replay(Database store) {
        long events = store.number("select max(global_index) from public.domain_event_entry");
        store.run(
                """
                create table %s (order_id varchar(255) primary key, customer_id varchar(255), customer_name varchar(255),
                    contact_given_name varchar(255), contact_family_name varchar(255), order_date date,
                    required_date date, shipped_date date, status varchar(255), line_count integer not null,
                    piece_count integer not null, total_minor_units bigint not null, currency varchar(255),
                    changed_at timestamptz)
                """
                        .formatted(TABLE),
                "create index on %s (customer_id)".formatted(TABLE),
                "create index on %s (order_date)".formatted(TABLE),
                "create index on %s (status)".formatted(TABLE));
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(StockApplication.class)
                .web(WebApplicationType.NONE)
                .properties(properties(store))
                .run()) {
            Configuration axon = context.getBean(Configuration.class);
            long started = System.nanoTime();
            axon.start();
            try {
                AxonReplay.await(axon, StockProjection.PROCESSOR, events);
                return new Replay(Duration.ofNanos(System.nanoTime() - started), Map.of());
            } finally {
                axon.shutdown();
            }
        }
    }

    private static Map<String, Object> properties(Database store) {
        return Map.of(
                "spring.datasource.url", store.url(),
                "spring.datasource.username", store.user(),
                "spring.datasource.password", "",
                "spring.jpa.database-platform", ByteaDialect.class.getName(),
                "spring.jpa.hibernate.ddl-auto", "none",
                "spring.main.banner-mode", "off",
                "logging.level.root", "WARN");
    }
}
