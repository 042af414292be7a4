package io.changeover.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.comparison.Comparison.State;
import io.changeover.parity.DifferingRow.Kind;
import io.changeover.parity.ExactJson;
import io.changeover.view.VersionId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DifferenceExportTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Comparison COMPARISON = new Comparison(
            UUID.fromString("00000000-0000-4000-8000-000000000001"),
            VersionId.parse("fact@1"),
            VersionId.parse("fact@2"),
            List.of("region", "line"),
            List.of("region", "line", "note", "amount"),
            State.DONE,
            "node-1",
            "ada",
            "",
            null,
            null,
            null,
            null,
            NOW,
            NOW);

    private static StoredDifference different(long number, String left, String right) {
        return new StoredDifference(
                number,
                Kind.DIFFERENT,
                "-north",
                List.of("-north", "-7"),
                List.of("note", "amount"),
                ExactJson.read(left),
                ExactJson.read(right));
    }

    private static String export(ExportFormat format, StoredDifference... differences) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new DifferenceExport(
                        COMPARISON,
                        format,
                        differences.length,
                        (id, number, limit) -> number == 0 ? List.of(differences) : List.of())
                .writeTo(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    /** The last two cells of a difference in the component {@code note}. */
    private static String notes(String left, String right) throws IOException {
        String record = "{\"region\": \"r\", \"line\": 1, \"note\": %s}";
        String csv = export(ExportFormat.CSV, different(1, record.formatted(left), record.formatted(right)));
        String line = csv.substring(csv.indexOf("\r\n") + 2);
        return line.substring("different,'-north,1,note amount,".length()).replace(",,\r\n", "");
    }

    @Test
    void a_record_has_its_kind_its_key_its_fields_and_both_sides_of_every_other_component() throws IOException {
        assertThat(export(
                        ExportFormat.CSV,
                        different(
                                1,
                                "{\"line\": -7, \"note\": \"a\", \"amount\": 1.10, \"region\": \"-north\"}",
                                "{\"line\": -7, \"note\": null, \"amount\": -1.1, \"region\": \"-north\"}"),
                        new StoredDifference(
                                2,
                                Kind.EXTRA,
                                "south",
                                List.of("south", "8"),
                                List.of(),
                                null,
                                ExactJson.read("{\"line\": 8, \"note\": \"\", \"amount\": 12345678901234567890.5}"))))
                .isEqualToNormalizingNewlines(
                        """
                kind,region,line,fields,left.note,right.note,left.amount,right.amount
                different,'-north,-7,note amount,a,,1.10,-1.1
                extra,south,8,,,"",,12345678901234567890.5
                """)
                .contains("right.amount\r\ndifferent");
    }

    @Test
    void a_text_that_a_spreadsheet_would_take_for_a_formula_is_made_harmless_and_can_be_had_back() throws IOException {
        assertThat(notes("\"=1+1\"", "\"+1\"")).isEqualTo("'=1+1,'+1");
        assertThat(notes("\"-1\"", "\"@sum(a1)\"")).isEqualTo("'-1,'@sum(a1)");
        assertThat(notes("\"\\t=1\"", "\"\\r=1\"")).isEqualTo("'\t=1,\"'\r=1\"");
        assertThat(notes("\"'tis\"", "\"a=1\"")).isEqualTo("''tis,a=1");
        assertThat(notes("-1", "-1.5")).isEqualTo("-1,-1.5");
    }

    @Test
    void what_would_end_a_cell_stands_in_quotes() throws IOException {
        assertThat(notes("\"a,b\"", "\"say \\\"a\\\"\"")).isEqualTo("\"a,b\",\"say \"\"a\"\"\"");
        assertThat(notes("\"a\\nb\"", "\" a\"")).isEqualTo("\"a\nb\",\" a\"");
        assertThat(notes("[1, \"a\"]", "true")).isEqualTo("\"[1,\"\"a\"\"]\",true");
        assertThat(notes("\"\"", "null")).isEqualTo("\"\",");
    }

    @Test
    void json_lines_keep_the_order_of_components_every_digit_and_the_type_of_a_key() throws IOException {
        assertThat(
                        export(
                                ExportFormat.JSONL,
                                different(
                                        1,
                                        "{\"line\": -7, \"note\": \"a\\nb\", \"amount\": 1.10, \"region\": \"-north\"}",
                                        "{\"line\": -7, \"note\": null, \"amount\": 12345678901234567890.5, \"region\": \"-north\"}")))
                .isEqualTo(
                        """
                {"kind":"different","key":{"region":"-north","line":-7},"fields":["note","amount"],"left":{"region":"-north","line":-7,"note":"a\\nb","amount":1.10},"right":{"region":"-north","line":-7,"note":null,"amount":12345678901234567890.5}}
                """);
    }

    @Test
    void all_pages_are_written_and_a_missing_one_is_told() throws IOException {
        List<StoredDifference> all = LongStream.rangeClosed(1, 2_500)
                .mapToObj(number -> different(number, "{\"note\": 1}", "{\"note\": 2}"))
                .toList();
        DifferenceExport.Pages pages =
                (id, number, limit) -> all.stream().skip(number).limit(limit).toList();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new DifferenceExport(COMPARISON, ExportFormat.JSONL, 2_500, pages).writeTo(out);
        assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(2_500);
        DifferenceExport more = new DifferenceExport(COMPARISON, ExportFormat.JSONL, 2_501, pages);
        assertThatThrownBy(() -> more.writeTo(out))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "Comparison '00000000-0000-4000-8000-000000000001' had 2501 differences when its export began but 2500 were found; it was removed meanwhile, so compare again");
    }

    @Test
    void json_with_a_character_that_postgresql_has_no_place_for_is_made_storable() {
        assertThat(Storable.text("{\"a\":\"x\\u0000y\"}")).isEqualTo("{\"a\":\"x\\uFFFDy\"}");
        assertThat(Storable.text("{\"a\":\"x\\\\u0000y\"}")).isEqualTo("{\"a\":\"x\\\\u0000y\"}");
        assertThat(Storable.text("{\"a\":\"\\\\\\u0000\\u0000\"}")).isEqualTo("{\"a\":\"\\\\\\uFFFD\\uFFFD\"}");
    }
}
