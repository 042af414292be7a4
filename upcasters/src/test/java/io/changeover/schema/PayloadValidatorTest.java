package io.changeover.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.upcast.Revision;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PayloadValidatorTest {

    private static final Revision PLACED = Revision.of("order.placed", 1);

    private static List<String> violations(ObjectNode schema, String payload) {
        return PayloadValidator.of(Map.of(PLACED, schema))
                .violations(PLACED, Trees.node(payload))
                .orElseThrow();
    }

    private static List<String> violations(String fieldSchema, String value) {
        return violations(Trees.schema("'x':" + fieldSchema), "{'x':%s}".formatted(value));
    }

    @Test
    void a_payload_that_fits_has_no_violations() {
        assertThat(violations("{'type':['string','null']}", "null")).isEmpty();
    }

    @Test
    void nothing_is_said_about_a_revision_without_schema() {
        assertThat(PayloadValidator.of(Map.of()).violations(PLACED, Trees.node("{}")))
                .isEmpty();
    }

    @Test
    void missing_and_unknown_fields_are_told_in_the_order_of_their_paths() {
        assertThat(violations(Trees.schema("'z':{'type':'string'},'b':{'type':'string'}"), "{'a':'secret','b':''}"))
                .containsExactly(
                        "field 'a' is not known to the schema of this revision",
                        "field 'z' is missing but is required");
    }

    @Test
    void a_value_of_the_wrong_type_is_told_with_the_type_that_it_must_have() {
        assertThat(violations("{'type':'integer'}", "'abc'"))
                .containsExactly("field 'x' is 'abc' but must be a whole number");
        assertThat(violations("{'type':['integer','null']}", "1.5"))
                .containsExactly("field 'x' is 1.5 but must be a whole number or null");
        assertThat(violations("{'type':'string'}", "null")).containsExactly("field 'x' is null but must be text");
        assertThat(violations("{'type':'string'}", "{'phone':'123'}"))
                .containsExactly("field 'x' is an object but must be text");
        assertThat(violations("{'type':'string'}", "['123']")).containsExactly("field 'x' is a list but must be text");
        assertThat(violations(Trees.schema(""), "[]")).containsExactly("the payload is a list but must be an object");
    }

    @Test
    void formats_are_rules() {
        assertThat(violations("{'type':'string','format':'date'}", "'2026-02-30'"))
                .containsExactly("field 'x' is '2026-02-30' but must be a date");
        assertThat(violations("{'type':['string','null'],'format':'date-time'}", "'2026-02-03'"))
                .containsExactly("field 'x' is '2026-02-03' but must be a date and time with offset or null");
        assertThat(violations("{'type':'string','format':'date-time-local'}", "'2026-02-03T25:00'"))
                .containsExactly("field 'x' is '2026-02-03T25:00' but must be a date and time without offset");
        assertThat(violations("{'type':'string','format':'time-local'}", "'25:00'"))
                .containsExactly("field 'x' is '25:00' but must be a time of day");
        assertThat(violations("{'type':'string','format':'uuid'}", "'1-1-1-1-1'"))
                .containsExactly("field 'x' is '1-1-1-1-1' but must be a UUID");
        assertThat(violations("{'type':'integer','format':'int32'}", "2147483648"))
                .containsExactly("field 'x' is 2147483648 but must be a whole number of 32 bits");
        assertThat(violations("{'type':'integer','format':'int64'}", "9223372036854775808"))
                .containsExactly("field 'x' is 9223372036854775808 but must be a whole number of 64 bits");
    }

    @Test
    void a_value_that_is_not_allowed_is_told_once() {
        String schema = "{'type':['string','null'],'enum':['Open','Lost',null]}";
        assertThat(violations(schema, "null")).isEmpty();
        assertThat(violations(schema, "'On Hold'"))
                .containsExactly("field 'x' is 'On Hold' but must be one of 'Open', 'Lost' or null");
        assertThat(violations(schema, "7")).containsExactly("field 'x' is 7 but must be text or null");
    }

    @Test
    void elements_are_told_by_number_and_entries_by_key() {
        assertThat(violations(
                        Trees.schema(
                                "'lines':{'type':'array','items':{'type':'object','properties':{'q':{'type':'integer'}},'required':['q'],'additionalProperties':false}},'prices':{'type':'object','additionalProperties':{'type':'number'}}"),
                        "{'lines':[{'q':1},{'q':true},{}],'prices':{'EUR':1,'USD':'2'}}"))
                .containsExactly(
                        "field 'lines[1].q' is true but must be a whole number",
                        "field 'lines[2].q' is missing but is required",
                        "field 'prices.USD' is '2' but must be a number");
    }

    @Test
    void a_sensitive_value_is_never_shown() {
        String marked = "{'type':'string','x-sensitive':true}";
        assertThat(violations(marked, "4711"))
                .containsExactly("field 'x' is a value that is not shown but must be text");
        assertThat(violations(
                        Trees.schema("'who':{'type':'object','properties':{'phone':%s}}".formatted(marked)),
                        "{'who':'Ada 4711'}"))
                .containsExactly("field 'who' is a value that is not shown but must be an object");
        assertThat(violations(
                        "{'type':'object','additionalProperties':{'type':'object','properties':{'n':{'type':'integer'}}},'x-sensitive':true}",
                        "{'Ada':{'n':'4711'}}"))
                .containsExactly("field 'x{}.n' is a value that is not shown but must be a whole number");
    }

    @Test
    void a_long_value_is_cut() {
        assertThat(violations("{'type':'integer'}", "'" + "a".repeat(100) + "'"))
                .containsExactly("field 'x' is '%s... but must be a whole number".formatted("a".repeat(59)));
    }

    @Test
    void a_schema_is_compiled_once_however_many_threads_ask() {
        AtomicInteger asked = new AtomicInteger();
        PayloadValidator validator = new PayloadValidator(revision -> {
            asked.incrementAndGet();
            return Optional.of(Trees.schema("'x':{'type':'integer'}"));
        });
        validator.violations(PLACED, Trees.node("{'x':1}"));

        assertThat(IntStream.range(0, 500).parallel().mapToObj(i -> validator
                        .violations(PLACED, Trees.node(i % 2 == 0 ? "{'x':1}" : "{'x':''}"))
                        .orElseThrow()
                        .size()))
                .filteredOn(count -> count == 1)
                .hasSize(250);
        assertThat(asked).hasValue(1);
    }
}
