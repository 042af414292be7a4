package io.changeover.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.operation.Request;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BackfillMetersTest {

    @Test
    void a_backfill_is_seen_by_its_meters_and_a_version_without_one_has_no_value() {
        try (TestDatabase database = TestDatabase.withStore();
                TestNode node = LedgerNode.start(database, Map.of(), LedgerDomain.WithStep.class)) {
            MeterRegistry registry = new SimpleMeterRegistry();
            node.all(MeterBinder.class).forEach(binder -> binder.bindTo(registry));
            node.awaitState("balance@1", "live");
            new LedgerStore(database).openedMany(500);
            assertThat(value(registry, "changeover.backfill.total", "2")).isNaN();
            node.operations().declare("balance", 2, Request.by("ann"));
            node.backfill("balance");
            assertThat(value(registry, "changeover.backfill.total", "2")).isEqualTo(500);
            assertThat(value(registry, "changeover.backfill.done", "2")).isEqualTo(500);
            assertThat(value(registry, "changeover.backfill.rate", "2")).isPositive();
            assertThat(value(registry, "changeover.backfill.dead.letters", "2")).isZero();
            assertThat(registry.get("changeover.backfill.stage")
                            .tags("view", "balance", "version", "2", "stage", "write")
                            .gauge()
                            .value())
                    .isPositive();
        }
    }

    private static double value(MeterRegistry registry, String name, String version) {
        return registry.get(name)
                .tags("view", "balance", "version", version)
                .gauge()
                .value();
    }
}
