package io.changeover.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.app.InMemoryOperations;
import io.changeover.app.InMemoryShadowOperations;
import io.changeover.operation.Request;
import java.time.Clock;
import java.time.ZoneOffset;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SeriesTest {

    private final InMemoryOperations operations = new InMemoryOperations();
    private final Series series = new Series(
            operations, new InMemoryShadowOperations(), "node-1", Clock.fixed(InMemoryOperations.NOW, ZoneOffset.UTC));

    @Test
    void nothing_is_seen_while_no_changeover_is_open() {
        series.look();
        assertThat(series.of("order-board").since()).isNull();
        assertThat(series.of("order-board").times()).isEmpty();
    }

    @Test
    void an_hour_is_remembered_and_no_more() {
        operations.declare("order-board", 2, Request.by("ann"));
        for (int i = 0; i < 1_000; i++) {
            series.look();
        }
        assertThat(series.of("order-board").times()).hasSize(720);
        assertThat(series.of("order-board").charts()).allSatisfy(chart -> assertThat(chart.lines())
                .allSatisfy(line -> assertThat(line.values()).hasSize(720)));
    }

    @Test
    void lines_of_a_chart_are_told_apart_without_colour() {
        assertThat(series.of("order-board").charts()).allSatisfy(chart -> assertThat(chart.lines())
                .extracting(line -> line.style() + line.tone())
                .doesNotHaveDuplicates());
    }
}
