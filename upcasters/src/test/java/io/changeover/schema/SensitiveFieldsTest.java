package io.changeover.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.upcast.Revision;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SensitiveFieldsTest {

    private static final long SEED = 4711;

    private static final ObjectNode PERSON = Trees.schema(
            """
            'id':{'type':'string'},
            'name':{'type':'string','x-sensitive':true},
            'lines':{'type':'array','items':{'type':'object','properties':{
                'phone':{'type':'string','x-sensitive':true},'q':{'type':'integer'}}}},
            'contact':{'type':'object','properties':{'street':{'type':'string'}},'x-sensitive':true},
            'debts':{'type':'object','additionalProperties':{'type':'object','properties':{
                'to':{'type':'string','x-sensitive':true}}}},
            'friends':{'type':'array','items':{'type':'string'},'x-sensitive':true},
            'balances':{'type':'object','additionalProperties':{'type':'integer'},'x-sensitive':true}
            """);

    private static JsonNode replaced(String schema, String value) {
        ObjectNode sensitive = Trees.object(schema).put("x-sensitive", true);
        ObjectNode whole = Trees.schema("'x':{}");
        whole.withObject("properties").set("x", sensitive);
        return SensitiveFields.replace(whole, Trees.object("{'x':%s}".formatted(value)), SEED)
                .get("x");
    }

    private static String text(String value) {
        return replaced("{'type':'string'}", "'" + value + "'").stringValue();
    }

    @Test
    void marked_fields_are_found_wherever_they_are() {
        assertThat(SensitiveFields.paths(PERSON))
                .containsExactly("name", "lines[].phone", "contact", "debts{}.to", "friends", "balances");
    }

    @Test
    void what_is_marked_is_replaced_with_all_that_it_holds_and_the_rest_stays() {
        ObjectNode payload = Trees.object(
                "{'id':'A-1','name':'Ada','lines':[{'phone':'12345678','q':2}],'contact':{'street':'Mainstreet','no':47114711,'old':null,'po':true},'debts':{'X':{'to':'Charles'}},'friends':['Charles'],'balances':{'Charles':123456789},'unknown':1}");
        ObjectNode before = payload.deepCopy();

        ObjectNode after = SensitiveFields.replace(PERSON, payload, SEED);

        assertThat(payload).isEqualTo(before);
        assertThat(after.propertyNames()).isEqualTo(before.propertyNames());
        assertThat(after.get("id")).isEqualTo(before.get("id"));
        assertThat(after.get("unknown")).isEqualTo(before.get("unknown"));
        assertThat(after.at("/lines/0/q")).isEqualTo(before.at("/lines/0/q"));
        assertThat(after.at("/contact/old").isNull()).isTrue();
        assertThat(after.at("/contact/po").asBoolean()).isTrue();
        for (String path : List.of("/name", "/lines/0/phone", "/contact/street", "/contact/no", "/debts/X/to")) {
            assertThat(after.at(path)).isNotEqualTo(before.at(path));
        }
        assertThat(after.toString()).doesNotContain("Ada", "12345678", "Mainstreet", "4711", "Charles");
    }

    @Test
    void equal_values_have_equal_stand_ins_wherever_they_are() {
        ObjectNode after = SensitiveFields.replace(
                PERSON, Trees.object("{'name':'Charles','friends':['Charles'],'balances':{'Charles':1}}"), SEED);

        assertThat(after.at("/friends/0")).isEqualTo(after.get("name"));
        assertThat(after.get("balances").propertyNames())
                .containsExactly(after.get("name").stringValue());
        assertThat(SensitiveFields.replace(PERSON, Trees.object("{'name':'Charles'}"), SEED + 1)
                        .get("name"))
                .isNotEqualTo(after.get("name"));
    }

    @Test
    void the_characters_of_a_text_keep_their_class() {
        assertThat(text("+49 (0)30 / 123-456")).matches("\\+\\d\\d \\(\\d\\)\\d\\d / \\d{3}-\\d{3}");
        assertThat(text("Ada.Lovelace@example.org")).matches("[A-Z][a-z]{2}\\.[A-Z][a-z]{7}@[a-z]{7}\\.[a-z]{3}");
        assertThat(text("Ölçüm")).matches("[A-Z][a-z]{4}");
        assertThat(text("")).isEmpty();
        assertThat(text("--")).isEqualTo("--");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "12345; [1-9][0-9]{4}",
                "-12345; -[1-9][0-9]{4}",
                "0; 0",
                "12345678901234567890123; [1-9][0-9]{22}",
                "12.50; [1-9][0-9]\\.[0-9]{1,2}",
                "-0.25; -0\\.[0-9]{1,2}",
                "1234.0; [1-9][0-9]{3}\\.0"
            })
    void a_number_keeps_its_sign_and_its_digits(String value, String pattern) {
        assertThat(replaced("{'type':'number'}", value).toString()).matches(pattern);
    }

    @Test
    void a_fraction_stays_one() {
        for (int i = 1; i < 100; i++) {
            String value = "%d.%d".formatted(i, i % 9 + 1);
            assertThat(replaced("{'type':'number'}", value).doubleValue() % 1)
                    .as(value)
                    .isNotZero();
        }
    }

    static Stream<String> values() {
        return Stream.of(
                "{'type':'string','format':'date'} '1964-02-29'",
                "{'type':'string','format':'date-time'} '2026-01-31T10:00:00.123Z'",
                "{'type':'string','format':'date-time'} '2026-01-31T10:00:00+02:00'",
                "{'type':'string','format':'date-time-local'} '2026-01-31T10:00'",
                "{'type':'string','format':'time-local'} '10:00:00'",
                "{'type':'string','format':'uuid'} '3f2504e0-4f89-41d3-9a0c-0305e82c3301'",
                "{'type':'integer','format':'int32'} 2147483647",
                "{'type':'integer','format':'int32'} -2147483648",
                "{'type':'integer','format':'int64'} 9223372036854775807",
                "{'type':'string','enum':['A','B','C','D']} 'B'");
    }

    @ParameterizedTest
    @MethodSource("values")
    void a_stand_in_fits_the_schema(String schemaAndValue) {
        String[] parts = schemaAndValue.split("} ");
        ObjectNode field = Trees.object(parts[0] + "}").put("x-sensitive", true);
        ObjectNode schema = Trees.schema("'x':{}");
        schema.withObject("properties").set("x", field);
        Revision revision = Revision.of("person.named", 1);
        PayloadValidator validator = PayloadValidator.of(Map.of(revision, schema));
        ObjectNode payload = Trees.object("{'x':%s}".formatted(parts[1]));

        for (long seed = 0; seed < 200; seed++) {
            ObjectNode after = SensitiveFields.replace(schema, payload, seed);
            assertThat(validator.violations(revision, after))
                    .as(after.toString())
                    .hasValue(List.of());
            assertThat(after.toString()).hasSameSizeAs(payload.toString());
        }
    }

    @Test
    void keys_of_a_sensitive_map_stay_apart() {
        ObjectNode map = Trees.object("{}");
        for (char key = 'a'; key <= 'z'; key++) {
            map.put(Character.toString(key), (int) key);
        }
        ObjectNode payload = Trees.object("{}");
        payload.set("balances", map);

        assertThat(SensitiveFields.replace(PERSON, payload, SEED).get("balances"))
                .hasSize(26);
    }
}
