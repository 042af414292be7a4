package io.changeover.benchmark.serving.read;

import io.changeover.benchmark.bench.Pause;
import io.changeover.benchmark.invoice.InvoiceBoards;
import io.changeover.benchmark.invoice.InvoiceDomain;
import io.changeover.benchmark.replay.store.Database;
import io.changeover.operation.Operations;
import io.changeover.operation.Request;
import io.changeover.parity.ParityReport;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A node that serves invoices as an application does, and can be asked for every verb of an operator. */
public final class ServingNode implements AutoCloseable {

    private static final Request REQUEST = Request.by("benchmark");
    private static final long LOOK_MILLIS = 10;

    @EnableAutoConfiguration(
            // Other benchmarks' persistence and domain are on the same class path.
            excludeName = {
                "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
                "org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration",
                "org.axonframework.springboot.autoconfig.JpaAutoConfiguration",
                "org.axonframework.springboot.autoconfig.JpaEventStoreAutoConfiguration",
                "io.changeover.examples.orders.OrdersAutoConfiguration",
                "io.changeover.examples.orders.OrdersWebAutoConfiguration"
            })
    static class Application {}

    private final ConfigurableApplicationContext context;

    private ServingNode(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /**
     * Starts a node on the database.
     *
     * @param name name of the node
     * @param properties the application's
     * @param more configurations beside those of invoices
     */
    public static ServingNode start(Database database, String name, Map<String, String> properties, Class<?>... more) {
        Map<String, Object> all = new TreeMap<>();
        all.put("spring.datasource.url", database.url());
        all.put("spring.datasource.username", database.user());
        all.put("spring.datasource.password", "");
        all.put("spring.flyway.baseline-on-migrate", "true");
        all.put("spring.flyway.baseline-version", "0");
        all.put("axon.axonserver.enabled", "false");
        all.put("axon.update-check.disabled", "true");
        all.put("changeover.reconcile.enabled", "false"); // comparisons of its own would be measured too
        all.put("changeover.gates.max-parity-age", "1d"); // a run compares once
        all.put("changeover.node-id", name);
        all.put("spring.main.banner-mode", "off");
        all.put("logging.level.root", "WARN");
        all.putAll(properties);
        return new ServingNode(new SpringApplicationBuilder(Application.class)
                .sources(Stream.concat(Stream.of(InvoiceDomain.class, InvoiceReads.class), Stream.of(more))
                        .toArray(Class<?>[]::new))
                .web(WebApplicationType.NONE)
                .properties(all)
                .run());
    }

    /** The bean of the type. */
    public <T> T get(Class<T> type) {
        return context.getBean(type);
    }

    /** Whether there is a bean of the type. */
    public boolean has(Class<?> type) {
        return context.getBeanProvider(type).getIfAvailable() != null;
    }

    /** The operator's verbs. */
    public Operations operations() {
        return get(Operations.class);
    }

    /**
     * Opens a changeover from the first to the second version, and brings it to where readers can be moved.
     *
     * @throws IllegalStateException when the versions are not equal
     */
    public void prepare() {
        Operations operations = operations();
        operations.declare(InvoiceBoard.VIEW, InvoiceBoards.NEW.version(), REQUEST);
        operations.startBackfill(InvoiceBoard.VIEW, REQUEST);
        while (!operations.changeover(InvoiceBoard.VIEW).phase().equals("catching-up")) {
            Pause.millis(LOOK_MILLIS);
        }
        ParityReport report = operations.verify(InvoiceBoard.VIEW, REQUEST);
        if (report.verdict() != ParityReport.Verdict.EQUAL) {
            throw new IllegalStateException(
                    "The versions must be equal but are %s: %s".formatted(report.verdict(), report.reason()));
        }
    }

    /** Moves that percentage of readers, and answers when all nodes go by it. */
    public void shift(int percent) {
        operations().shift(InvoiceBoard.VIEW, percent, REQUEST);
    }

    /** Takes all readers back, and answers when all nodes go by it. */
    public void rollBack() {
        operations().rollBack(InvoiceBoard.VIEW, REQUEST);
    }

    @Override
    public void close() {
        context.close();
    }
}
