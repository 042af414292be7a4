package io.changeover.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.event.EventType;
import io.changeover.view.Canonical;
import io.changeover.view.Fold;
import io.changeover.view.FoldedVersion;
import io.changeover.view.Key;
import io.changeover.view.View;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RowCodecTest {

    enum Status {
        OPEN {
            @Override
            public String toString() {
                return "is open";
            }
        }
    }

    @EventType(name = "order.placed")
    record OrderPlaced(String id) {}

    record Row(
            @Key String id,
            @Nullable String text,
            @Nullable Integer count,
            long cents,
            boolean paid,
            double weight,
            BigDecimal price,
            Instant at,
            LocalDate due,
            UUID trace,
            Status status,
            List<String> tags) {}

    @View(name = "board", version = 1)
    static class Board {
        @Fold
        Row placed(OrderPlaced event) {
            return row("o1", null, null);
        }

        @Canonical
        Row canonical(Row row) {
            return row;
        }
    }

    private static Row row(String id, String text, Integer count) {
        return new Row(
                id,
                text,
                count,
                -1,
                true,
                0.1,
                new BigDecimal("1E+3"),
                Instant.parse("2004-11-05T10:00:00.000001Z"),
                LocalDate.parse("2004-11-05"),
                UUID.fromString("00000000-0000-0000-0000-000000000001"),
                Status.OPEN,
                List.of("a\tb", "c\\d"));
    }

    private final RowCodec codec = new RowCodec(FoldedVersion.of(new Board()).rows(), JsonMapper.shared());

    private static String escaped(String text) {
        StringBuilder line = new StringBuilder();
        RowCodec.appendEscaped(line, text);
        return line.toString();
    }

    @Test
    void a_row_becomes_a_line_of_copy() {
        StringBuilder line = new StringBuilder();

        codec.appendCopy(line, row("o1", "x", 3));

        assertThat(line)
                .hasToString("o1\tx\t3\t-1\ttrue\t0.1\t1000\t2004-11-05T10:00:00.000001Z\t2004-11-05\t"
                        + "00000000-0000-0000-0000-000000000001\tOPEN\t[\"a\\\\tb\",\"c\\\\\\\\d\"]");
    }

    @Test
    void null_and_the_text_that_copy_uses_for_it_are_told_apart() {
        StringBuilder line = new StringBuilder();

        codec.appendCopy(line, row("\\N", null, null));

        assertThat(line.toString()).startsWith("\\\\N\t\\N\t\\N\t-1");
    }

    @Test
    void characters_with_a_meaning_in_copy_are_escaped() {
        assertThat(escaped("a\tb\nc\rd\\e")).isEqualTo("a\\tb\\nc\\rd\\\\e");
        assertThat(escaped("\\.")).isEqualTo("\\\\.");
        assertThat(escaped("")).isEmpty();
        assertThat(escaped("żółw \ud83d\ude00 \"',;\b\f")).isEqualTo("żółw \ud83d\ude00 \"',;\b\f");
    }
}
