package io.changeover.testkit;

import io.changeover.backfill.Backfills;
import io.changeover.operation.ChangeoverStatus;
import io.changeover.operation.Operations;
import io.changeover.operation.Request;
import io.changeover.stream.OrderedStream;
import io.changeover.view.VersionId;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** One node of an application in this process, without a web server, with the example's domain. */
public final class TestNode implements AutoCloseable {

    @EnableAutoConfiguration(
            excludeName = {
                "org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration",
                "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration"
            })
    static class Application {}

    /** What JPA brings in, which only its own tests want: its sessions take part in every transaction. */
    public static final String WITHOUT_JPA =
            "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration,"
                    + "org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration";

    private static final Set<String> FOLLOWING = Set.of("live", "incomplete");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final ConfigurableApplicationContext context;

    private TestNode(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Starts a node on the database with the given settings; import and traffic of the example are off by default. */
    public static TestNode start(TestDatabase database, Map<String, String> settings, Class<?>... configurations) {
        return start(database.url(), database.user(), database.password(), settings, configurations);
    }

    /** The same on a database of a server that the test has started itself. */
    public static TestNode start(
            String url, String user, String password, Map<String, String> settings, Class<?>... configurations) {
        Map<String, Object> all = new TreeMap<>();
        all.put("spring.datasource.url", url);
        all.put("spring.datasource.username", user);
        all.put("spring.datasource.password", password);
        all.put("spring.datasource.hikari.minimum-idle", "1"); // connections are made when they are needed
        all.put("spring.flyway.baseline-on-migrate", "true");
        all.put("spring.flyway.baseline-version", "0");
        all.put("axon.axonserver.enabled", "false");
        all.put("axon.update-check.disabled", "true");
        all.put("orders.import.enabled", "false");
        all.put("orders.traffic.enabled", "false");
        all.put("changeover.reconcile.enabled", "false"); // comparisons beside those of a test would disturb its counts
        all.put("changeover.autopilot.enabled", "false"); // a test that takes each step itself wants nobody beside it
        all.put("changeover.serving.time-limit", "5m"); // no machine is so slow
        all.put("spring.autoconfigure.exclude", WITHOUT_JPA);
        all.put("spring.main.banner-mode", "off");
        all.put("logging.level.root", "WARN");
        all.putAll(settings);
        return new TestNode(new SpringApplicationBuilder(Application.class)
                .sources(configurations)
                .web(WebApplicationType.NONE)
                .properties(all)
                .run());
    }

    /** The bean of the type. */
    public <T> T get(Class<T> type) {
        return context.getBean(type);
    }

    /** All beans of the type. */
    public <T> Collection<T> all(Class<T> type) {
        return context.getBeansOfType(type).values();
    }

    /** The operator's verbs. */
    public Operations operations() {
        return get(Operations.class);
    }

    /** Runs the backfill of the view's open changeover to its end. */
    public ChangeoverStatus backfill(String view) {
        operations().startBackfill(view, Request.by("test"));
        await(() -> !operations().changeover(view).phase().equals("backfilling"));
        return operations().changeover(view);
    }

    /** Waits until this node has begun the version and it has applied everything that is in the store now. */
    public void awaitCaughtUp(String version) {
        long head = get(OrderedStream.class).head();
        VersionId id = VersionId.parse(version);
        await(() -> operations().view(id.view()).versions().stream()
                .anyMatch(status -> status.version().equals(version)
                        && FOLLOWING.contains(status.state())
                        && status.position() >= head
                        && !get(Backfills.class).isUnderWay(id)));
    }

    /** Waits until the version is in the state. */
    public void awaitState(String version, String state) {
        VersionId id = VersionId.parse(version);
        await(() -> operations().view(id.view()).versions().stream()
                .anyMatch(status ->
                        status.version().equals(version) && status.state().equals(state)));
    }

    /** Waits for the condition, long enough for any machine, and fails when it never holds. */
    public static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("the condition did not hold within " + PATIENCE);
            }
            try {
                Thread.sleep(20); // between two looks; how long it takes is never judged
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
