package io.changeover.projections.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.projections.autoconfigure.FollowingGauge.Series;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FollowingGaugeTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Map<String, Integer> values = new TreeMap<>(Map.of("order-board", 1, "sales-fact", 2));
    private final FollowingGauge gauge = new FollowingGauge(
            "changeover.of.test", MeterScope.STORE, "A value", "rows", () -> Map.copyOf(values).keySet().stream()
                    .map(view -> new Series(Tags.of("view", view), () -> values.getOrDefault(view, -1))));

    @Test
    void series_come_and_go_and_one_that_stays_is_the_same_and_shows_what_is_now() {
        gauge.bindTo(registry);
        Gauge stays =
                registry.get("changeover.of.test").tag("view", "sales-fact").gauge();
        values.remove("order-board");
        values.put("sales-fact", 3);
        values.put("customer-account", 4);
        gauge.refresh();
        assertThat(registry.get("changeover.of.test").gauges())
                .extracting(each -> each.getId().getTag("view"))
                .containsExactlyInAnyOrder("sales-fact", "customer-account");
        assertThat(registry.get("changeover.of.test").tag("view", "sales-fact").gauge())
                .isSameAs(stays);
        assertThat(stays.value()).isEqualTo(3);
        assertThat(stays.getId().getDescription()).isEqualTo("A value; the same on every node");
        assertThat(stays.getId().getBaseUnit()).isEqualTo("rows");
    }
}
