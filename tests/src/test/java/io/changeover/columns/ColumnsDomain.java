package io.changeover.columns;

import io.changeover.event.EventType;
import io.changeover.view.Canonical;
import io.changeover.view.Fold;
import io.changeover.view.Indexed;
import io.changeover.view.Key;
import io.changeover.view.View;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.context.annotation.Configuration;

/** One event with a value of every type, and two versions of a view that keep it as it is. */
final class ColumnsDomain {

    private ColumnsDomain() {}

    /** Makes the domain known to a node. */
    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage
    static class Known {}

    enum Colour {
        RED,
        GREEN
    }

    @EventType(name = "sample.taken")
    record Taken(
            UUID id,
            long line,
            @Nullable String text,
            int small,
            @Nullable Integer perhaps,
            boolean yes,
            double measure,
            BigDecimal amount,
            Instant at,
            LocalDate day,
            @Nullable UUID trace,
            Colour colour,
            List<String> tags,
            Map<String, BigDecimal> prices) {}

    record Row(
            @Key UUID id,
            @Key long line,
            @Nullable String text,
            int small,
            @Nullable Integer perhaps,
            boolean yes,
            double measure,
            @Indexed BigDecimal amount,
            Instant at,
            LocalDate day,
            @Nullable UUID trace,
            @Indexed Colour colour,
            List<String> tags,
            Map<String, BigDecimal> prices) {

        static Row of(Taken event) {
            return new Row(
                    event.id(),
                    event.line(),
                    event.text(),
                    event.small(),
                    event.perhaps(),
                    event.yes(),
                    event.measure(),
                    event.amount(),
                    event.at(),
                    event.day(),
                    event.trace(),
                    event.colour(),
                    event.tags(),
                    event.prices());
        }
    }

    @View(name = "sample", version = 1)
    static class SampleV1 {

        @Fold
        Row on(@Nullable Row row, Taken event) {
            return Row.of(event);
        }

        @Canonical
        Row row(Row row) {
            return row;
        }
    }

    @View(name = "sample", version = 2)
    static class SampleV2 {

        @Fold
        Row on(@Nullable Row row, Taken event) {
            return Row.of(event);
        }

        @Canonical
        Row row(Row row) {
            return row;
        }
    }
}
