package io.changeover.projections.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.shadow.Outcome;
import io.changeover.view.VersionId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ShadowMetersTest {

    @Test
    void samples_are_counted_by_outcome_and_latencies_kept_by_version() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        ShadowMeters meters = new ShadowMeters();
        VersionId version = VersionId.parse("order-board@2");
        meters.ended(version, Outcome.SAME); // nobody listens yet
        meters.bindTo(registry);
        meters.ended(version, Outcome.DROPPED_QUEUE);
        meters.ended(version, Outcome.DROPPED_QUEUE);
        meters.took(version, 5_000_000);
        assertThat(registry.get("changeover.shadow.reads")
                        .tags("view", "order-board", "version", "2", "outcome", "dropped-queue")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(registry.get("changeover.shadow.latency")
                        .tags("view", "order-board", "version", "2")
                        .timer()
                        .totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(5);
    }
}
