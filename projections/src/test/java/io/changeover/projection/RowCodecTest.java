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
import java.util.ArrayList;
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

    private List<String> texts(Row row) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < Row.class.getRecordComponents().length; i++) {
            texts.add(codec.text(i, row));
        }
        return texts;
    }

    @Test
    void values_become_text_as_postgresql_reads_it() {
        assertThat(texts(row("o1", "x", 3)))
                .containsExactly(
                        "o1",
                        "x",
                        "3",
                        "-1",
                        "true",
                        "0.1",
                        "1000",
                        "2004-11-05T10:00:00.000001Z",
                        "2004-11-05",
                        "00000000-0000-0000-0000-000000000001",
                        "OPEN",
                        "[\"a\\tb\",\"c\\\\d\"]");
    }

    @Test
    void null_stays_null() {
        assertThat(texts(row("o1", null, null))).startsWith("o1", null, null, "-1");
    }
}
