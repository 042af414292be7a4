package io.changeover.benchmark.replay.contender;

import io.changeover.backfill.BackfillProgress;
import io.changeover.backfill.Backfills;
import io.changeover.backfill.StageTimes;
import io.changeover.benchmark.replay.store.Database;
import io.changeover.benchmark.replay.view.ContactChanges;
import io.changeover.operation.Operations;
import io.changeover.view.VersionId;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/**
 * A node of a Boot application with the example's domain, in which nothing runs but the backfills that are asked for
 * here, and what they bring to life. The one place that knows how this project's engine is asked.
 */
public final class EngineNode implements AutoCloseable {

    @EnableAutoConfiguration(
            // The reference's persistence is on the same class path.
            excludeName = {
                "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
                "org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration",
                "org.axonframework.springboot.autoconfig.JpaAutoConfiguration",
                "org.axonframework.springboot.autoconfig.JpaEventStoreAutoConfiguration"
            })
    @AutoConfigurationPackage(basePackageClasses = ContactChanges.class)
    static class Application {

        /** A node that has the operator's verbs starts every view's first version by itself; this one has none. */
        @Bean
        Operations noOperations() {
            return (Operations) Proxy.newProxyInstance(
                    Operations.class.getClassLoader(),
                    new Class<?>[] {Operations.class},
                    (proxy, method, arguments) -> switch (method.getName()) {
                        case "toString" -> "no operations";
                        case "hashCode" -> System.identityHashCode(proxy);
                        case "equals" -> proxy == arguments[0];
                        default -> throw new UnsupportedOperationException("this node only backfills");
                    });
        }
    }

    /**
     * A moment of a backfill.
     *
     * @param events events that are folded
     * @param total how many there are in all, 0 while that is unknown
     * @param left time left as the engine estimates it, or null while it does not
     */
    public record Moment(long events, long total, @Nullable Duration left) {

        /** The part that is done, from 0 to 1. */
        public double done() {
            return total == 0 ? 0 : (double) events / total;
        }
    }

    private final ConfigurableApplicationContext context;
    private final Backfills backfills;

    private EngineNode(ConfigurableApplicationContext context) {
        this.context = context;
        this.backfills = context.getBean(Backfills.class);
    }

    /**
     * Starts a node on the database.
     *
     * @param properties the application's
     * @param domains configurations of domains beside the example's
     */
    public static EngineNode start(Database database, Map<String, String> properties, Class<?>... domains) {
        Map<String, Object> all = new TreeMap<>();
        all.put("spring.datasource.url", database.url());
        all.put("spring.datasource.username", database.user());
        all.put("spring.datasource.password", "");
        all.put("spring.flyway.baseline-on-migrate", "true");
        all.put("spring.flyway.baseline-version", "0");
        all.put("axon.axonserver.enabled", "false");
        all.put("axon.update-check.disabled", "true");
        all.put("orders.import.enabled", "false");
        all.put("orders.traffic.enabled", "false");
        all.put("changeover.reconcile.enabled", "false"); // comparisons of its own would be measured too
        all.put("changeover.node-id", "benchmark"); // the same in every process, so that claims come back at once
        all.put("spring.main.banner-mode", "off");
        all.put("logging.level.root", "WARN");
        all.putAll(properties);
        return new EngineNode(new SpringApplicationBuilder(Application.class)
                .sources(domains)
                .web(WebApplicationType.NONE)
                .properties(all)
                .run());
    }

    /** The bean of the type. */
    public <T> T get(Class<T> type) {
        return context.getBean(type);
    }

    /** Begins or resumes the backfill; completes when the version is live. */
    public CompletableFuture<Long> begin(String version) {
        return backfills.start(VersionId.parse(version));
    }

    /** Backfills the version and waits for it. */
    public Duration backfill(String version) {
        long started = System.nanoTime();
        begin(version).join();
        return Duration.ofNanos(System.nanoTime() - started);
    }

    /** Stops the version's backfill soon; what is committed stays, and it can be begun again. */
    public void pause(String version) {
        backfills.pause(VersionId.parse(version));
        backfills.awaitStop(VersionId.parse(version));
    }

    /** How far the version's backfill is; empty before it has told. */
    public Optional<Moment> moment(String version) {
        return backfills.progress(VersionId.parse(version)).map(EngineNode::moment);
    }

    private static Moment moment(BackfillProgress progress) {
        return new Moment(progress.done(), progress.total(), progress.eta());
    }

    /** Where the time of the version's last backfill went, as the engine tells; empty text where it does not. */
    public String stages(String version) {
        return backfills
                .progress(VersionId.parse(version))
                .map(progress -> "%s; %,.0f events a second by its own count"
                        .formatted(stages(progress.stages()), progress.rate()))
                .orElse("");
    }

    private static String stages(StageTimes times) {
        return "seconds of all threads: read %.2f, parse %.2f, fold %.2f, load %.2f, write %.2f, index %.2f"
                .formatted(
                        seconds(times.read()),
                        seconds(times.parse()),
                        seconds(times.fold()),
                        seconds(times.load()),
                        seconds(times.write()),
                        seconds(times.index()));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    /** Qualified name of the version's table. */
    public static String table(String version) {
        return "views." + VersionId.parse(version).tableName();
    }

    /** Forgets every version that was built in the database, as if none had ever been asked for. */
    public static void reset(Database database) {
        database.run("drop schema if exists views cascade", "create schema views", "truncate public.token_entry");
        database.texts(
                        """
                        select format('truncate changeover.%I', tablename) from pg_tables
                        where schemaname = 'changeover'
                            and tablename not in ('schema_history', 'store_secret', 'stored_revision',
                                'stored_revision_progress', 'stored_block')
                        """)
                .forEach(database::run);
    }

    @Override
    public void close() {
        context.close();
    }
}
