package io.changeover.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SchemaComparisonTest {

    private static final String TEXT = "{'type':'string'}";
    private static final String NULLABLE_TEXT = "{'type':['string','null']}";
    private static final String INT = "{'type':'integer','format':'int32'}";
    private static final String LONG = "{'type':'integer','format':'int64'}";
    private static final String WHOLE = "{'type':'integer'}";
    private static final String DATE = "{'type':'string','format':'date'}";

    private static ObjectNode field(String schema) {
        return Trees.schema("'x':" + schema);
    }

    private static String list(String items) {
        return "{'type':'array','items':%s}".formatted(items);
    }

    private static String map(String values) {
        return "{'type':'object','additionalProperties':%s}".formatted(values);
    }

    private static String oneOf(String values) {
        return "{'type':'string','enum':[%s]}".formatted(values);
    }

    @Nested
    @DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
    class Changes {

        private static List<String> changes(String older, String newer) {
            return SchemaComparison.changes(field(older), field(newer));
        }

        @Test
        void equal_schemas_have_no_changes() {
            assertThat(changes(list(TEXT), list(TEXT))).isEmpty();
        }

        @Test
        void added_and_removed_fields_are_told_in_the_order_of_their_paths() {
            ObjectNode older = Trees.schema("'total':%s,'amount':%s".formatted(INT, INT));
            ObjectNode newer = Trees.schema("'zone':%s,'phone':{'type':'string','x-sensitive':true},'status':%s"
                    .formatted(LONG, oneOf("'a','b'")));
            newer.withObject("properties").set("comment", Trees.node(NULLABLE_TEXT));
            newer.withObject("properties").set("day", Trees.node(DATE));

            assertThat(SchemaComparison.changes(older, newer))
                    .containsExactly(
                            "field 'amount' was removed",
                            "field 'comment' was added (text, may be null)",
                            "field 'day' was added (a date, may be absent)",
                            "field 'phone' was added (text, sensitive)",
                            "field 'status' was added (one of 'a', 'b')",
                            "field 'total' was removed",
                            "field 'zone' was added (a whole number of 64 bits)");
        }

        @Test
        void a_changed_type_is_told_with_both_types() {
            assertThat(changes(WHOLE, TEXT)).containsExactly("field 'x' was a whole number and is text now");
            assertThat(changes(TEXT, DATE)).containsExactly("field 'x' was text and is a date now");
            assertThat(changes(INT, LONG))
                    .containsExactly("field 'x' was a whole number of 32 bits and is a whole number of 64 bits now");
            assertThat(changes(map(TEXT), "{'type':'object','additionalProperties':false}"))
                    .containsExactly("field 'x' was a map and is an object now");
            assertThat(changes("{}", "{'type':['integer','string']}"))
                    .containsExactly(
                            "field 'x' was anything and is a whole number or text now",
                            "field 'x' may no longer be null");
        }

        @Test
        void the_width_of_a_number_counts_only_where_both_tell_it() {
            assertThat(changes(WHOLE, LONG)).isEmpty();
            assertThat(changes(INT, WHOLE)).isEmpty();
        }

        @Test
        void lists_maps_and_objects_are_looked_into() {
            String lineOf =
                    "{'type':'object','properties':{'quantity':%s},'required':['quantity'],'additionalProperties':false}";
            assertThat(changes(list(lineOf.formatted(WHOLE)), list(lineOf.formatted(TEXT))))
                    .containsExactly("field 'x[].quantity' was a whole number and is text now");
            assertThat(changes(map(TEXT), map(NULLABLE_TEXT))).containsExactly("field 'x{}' may be null now");
        }

        @Test
        void allowed_values_are_told_one_by_one() {
            assertThat(changes(oneOf("'On Hold','Open'"), oneOf("'Open','Lost'")))
                    .containsExactly("field 'x' no longer allows 'On Hold'", "field 'x' also allows 'Lost'");
            assertThat(changes(TEXT, oneOf("'a','b'"))).containsExactly("field 'x' allows only 'a', 'b' now");
            assertThat(changes(oneOf("'a','b'"), TEXT)).containsExactly("field 'x' is no longer limited to 'a', 'b'");
        }

        @Test
        void null_and_absence_are_told_together() {
            assertThat(changes(NULLABLE_TEXT, TEXT)).containsExactly("field 'x' may no longer be null");
            assertThat(SchemaComparison.changes(field(TEXT), Trees.optional("'x':" + TEXT)))
                    .containsExactly("field 'x' may be absent now");
            assertThat(SchemaComparison.changes(field(TEXT), Trees.optional("'x':" + NULLABLE_TEXT)))
                    .containsExactly("field 'x' may be null or absent now");
            assertThat(SchemaComparison.changes(Trees.optional("'x':" + NULLABLE_TEXT), field(TEXT)))
                    .containsExactly("field 'x' may no longer be null or absent");
        }

        @Test
        void sensitivity_is_told() {
            String marked = "{'type':'string','x-sensitive':true}";
            assertThat(changes(TEXT, marked)).containsExactly("field 'x' is sensitive now");
            assertThat(changes(marked, TEXT)).containsExactly("field 'x' is no longer sensitive");
        }
    }

    @Nested
    @DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
    class Obstacles {

        private static List<String> obstacles(String reader, String written) {
            return SchemaComparison.obstacles(field(reader), field(written));
        }

        @Test
        void a_missing_field_is_an_obstacle_only_where_it_is_required() {
            ObjectNode reader = Trees.schema("'currency':%s,'id':%s".formatted(TEXT, TEXT));
            reader.withObject("properties").set("comment", Trees.node(NULLABLE_TEXT));

            assertThat(SchemaComparison.obstacles(reader, Trees.schema("'id':" + TEXT)))
                    .containsExactly("field 'currency' is required but the written events do not have it");
            assertThat(SchemaComparison.obstacles(field(TEXT), Trees.optional("'x':" + TEXT)))
                    .containsExactly("field 'x' is required but some written events do not have it");
        }

        @Test
        void a_required_field_that_may_be_null_is_read_as_null_where_it_is_missing() {
            assertThat(SchemaComparison.obstacles(field(NULLABLE_TEXT), Trees.schema("")))
                    .isEmpty();
        }

        @Test
        void an_unknown_field_is_an_obstacle() {
            assertThat(SchemaComparison.obstacles(Trees.schema(""), Trees.optional("'comments':" + TEXT)))
                    .containsExactly("field 'comments' is not known to the reader, which refuses unknown fields");
        }

        @Test
        void numbers_are_read_where_they_fit() {
            assertThat(obstacles("{'type':'number'}", LONG)).isEmpty();
            assertThat(obstacles(LONG, INT)).isEmpty();
            assertThat(obstacles(LONG, WHOLE)).isEmpty();
            assertThat(obstacles(INT, LONG))
                    .containsExactly(
                            "field 'x' is a whole number of 64 bits in the written events but the reader needs a whole number of 32 bits");
            assertThat(obstacles(WHOLE, "{'type':'number'}"))
                    .containsExactly("field 'x' is a number in the written events but the reader needs a whole number");
        }

        @Test
        void a_format_is_needed_where_the_reader_has_one() {
            assertThat(obstacles(TEXT, DATE)).isEmpty();
            assertThat(obstacles(DATE, TEXT))
                    .containsExactly("field 'x' is text in the written events but the reader needs a date");
        }

        @Test
        void every_type_that_was_written_must_be_readable() {
            assertThat(obstacles("{'type':['integer','string']}", TEXT)).isEmpty();
            assertThat(obstacles(TEXT, "{'type':['integer','string']}"))
                    .containsExactly(
                            "field 'x' is a whole number or text in the written events but the reader needs text");
        }

        @Test
        void null_is_an_obstacle_where_it_is_not_allowed() {
            assertThat(obstacles(TEXT, NULLABLE_TEXT))
                    .containsExactly("field 'x' may be null in the written events but not for the reader");
        }

        @Test
        void values_that_the_reader_does_not_know_are_an_obstacle() {
            assertThat(obstacles(oneOf("'a','b'"), oneOf("'b'"))).isEmpty();
            assertThat(obstacles(TEXT, oneOf("'b'"))).isEmpty();
            assertThat(obstacles(oneOf("'a'"), oneOf("'a','b','c'")))
                    .containsExactly(
                            "field 'x' may be 'b' or 'c' in the written events, which the reader does not know");
            assertThat(obstacles(oneOf("'a','b'"), TEXT))
                    .containsExactly(
                            "field 'x' may have any value in the written events but the reader knows only 'a', 'b'");
        }

        @Test
        void what_was_never_seen_is_an_obstacle_unless_the_reader_takes_anything() {
            assertThat(obstacles("{}", TEXT)).isEmpty();
            assertThat(obstacles(list(TEXT), list("{}")))
                    .containsExactly(
                            "field 'x[]' has no known type in the written events and the reader needs text; add a sample in which it has a value");
        }

        @Test
        void lists_maps_and_objects_are_looked_into() {
            String object = "{'type':'object','properties':{'a':%s},'required':['a'],'additionalProperties':false}";
            assertThat(obstacles(list(object.formatted(DATE)), list(object.formatted(TEXT))))
                    .containsExactly("field 'x[].a' is text in the written events but the reader needs a date");
            assertThat(obstacles(map(DATE), map(TEXT)))
                    .containsExactly("field 'x{}' is text in the written events but the reader needs a date");
            assertThat(obstacles(map(WHOLE), object.formatted(TEXT)))
                    .containsExactly("field 'x.a' is text in the written events but the reader needs a whole number");
            assertThat(obstacles(object.formatted(TEXT), map(TEXT)))
                    .containsExactly("field 'x' is a map in the written events but the reader needs an object");
        }
    }
}
