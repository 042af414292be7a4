package io.changeover.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.consumer.ReadListener;
import io.changeover.operation.Request;
import io.changeover.serving.ReadTally;
import io.changeover.serving.ReadTimes;
import io.changeover.serving.ReaderIdentity;
import io.changeover.serving.Reason;
import io.changeover.shadow.Outcome;
import io.changeover.shadow.ShadowWitness;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import io.changeover.view.VersionId;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** How many time series views cost. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SeriesOfManyViewsTest {

    /** Of a view in two versions with an open changeover, all of whose calls are compared, guarded and timed. */
    private static final int MOST_BY_VIEW = 150;

    /** Of the node and the store, whatever the number of views. */
    private static final int MOST_BESIDE = 60;

    private static final int CHANGEOVERS = 10;

    private static List<String> series(PrometheusMeterRegistry registry) {
        return registry.scrape()
                .lines()
                .filter(line -> line.startsWith("changeover_"))
                .toList();
    }

    @Test
    void a_view_costs_no_more_than_its_bound_whoever_reads_it() {
        Map<String, String> settings = Map.of(
                "spring.autoconfigure.exclude",
                "io.changeover.examples.orders.OrdersAutoConfiguration,io.changeover.examples.orders.OrdersWebAutoConfiguration,"
                        + TestNode.WITHOUT_JPA,
                "spring.flyway.enabled",
                "false",
                "changeover.meters.interval",
                "1s");
        try (TestDatabase database = TestDatabase.withStore();
                TestNode node = TestNode.start(database, settings, ManyViews.class)) {
            PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            for (int view = 0; view < CHANGEOVERS; view++) {
                node.operations().declare(ManyViews.view(view), 2, Request.by("ann"));
            }
            node.all(MeterBinder.class).forEach(binder -> binder.bindTo(registry));
            for (int view = 0; view < ManyViews.COUNT; view++) {
                read(node, view, "somebody");
            }
            TestNode.await(() -> series(registry).stream()
                            .filter(line -> line.startsWith("changeover_projection_lag_events"))
                            .count()
                    == ManyViews.COUNT);
            List<String> all = series(registry);
            List<String> ofView = all.stream()
                    .filter(line -> line.contains("view=\"%s\"".formatted(ManyViews.view(0))))
                    .toList();
            assertThat(ofView).hasSizeBetween(100, MOST_BY_VIEW);
            assertThat(all).hasSizeLessThanOrEqualTo(ManyViews.COUNT * MOST_BY_VIEW + MOST_BESIDE);
            assertThat(all.stream().filter(line -> !line.contains("view=\""))).hasSizeLessThanOrEqualTo(MOST_BESIDE);

            for (int person = 0; person < 2_000; person++) {
                read(node, 0, "person-" + person);
            }
            assertThat(series(registry)).hasSameSizeAs(all).noneMatch(line -> line.contains("person-"));
        }
    }

    private static void read(TestNode node, int number, String consumer) {
        String view = ManyViews.view(number);
        for (int version = 1; version <= 2; version++) {
            ReadTally tally = new ReadTally(view, version, Reason.SERVING, 0, new ReaderIdentity(consumer, ""), 1);
            node.all(ReadListener.class).forEach(listener -> listener.taken(tally, false));
            node.get(ReadTimes.class).took(view, version, 1_000);
            VersionId id = new VersionId(view, version);
            for (Outcome outcome : Outcome.values()) {
                node.all(ShadowWitness.class).forEach(witness -> witness.ended(id, outcome));
            }
            node.all(ShadowWitness.class).forEach(witness -> witness.took(id, 1_000));
        }
    }
}
