package io.changeover.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.kit.parcel.Parcels;
import io.changeover.kit.parcel.Schemas;
import io.changeover.upcast.Revision;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PayloadsTest {

    private static final int MANY = 1000;

    @Test
    void one_seed_gives_the_same_payloads_and_another_one_others() {
        ObjectNode schema = Parcels.SCHEMAS.apply(Revision.of("parcel.sent", 2)).orElseThrow();

        List<ObjectNode> payloads = Payloads.of(schema, 100, 7);

        assertThat(payloads).hasSize(100).isEqualTo(Payloads.of(schema, 100, 7));
        assertThat(payloads).isNotEqualTo(Payloads.of(schema, 100, 8));
        assertThat(payloads.subList(0, 10)).isEqualTo(Payloads.of(schema, 10, 7));
    }

    @Test
    void every_payload_fits_its_schema() {
        for (Revision revision : Parcels.STEPS.revisions()) {
            ObjectNode schema = Parcels.SCHEMAS.apply(revision).orElseThrow();
            assertThat(Payloads.of(schema, MANY, 1))
                    .allSatisfy(payload -> assertThat(Parcels.SCHEMAS.violations(revision, payload))
                            .isEmpty());
        }
    }

    @Test
    void optional_fields_are_absent_at_times_and_null_where_they_may() {
        List<ObjectNode> payloads = payloads(
                """
                {"type": "object", "properties": {"a": {"type": ["string", "null"]}, "b": {"type": "string"}}, "required": ["b"]}""");

        assertThat(payloads).anyMatch(payload -> !payload.has("a"));
        assertThat(payloads).anyMatch(payload -> payload.path("a").isNull());
        assertThat(payloads).anyMatch(payload -> payload.path("a").isString());
        assertThat(payloads).allMatch(payload -> payload.path("b").isString());
    }

    @Test
    void texts_are_empty_long_quoted_and_beyond_the_basic_plane() {
        assertThat(values("{\"type\": \"string\"}").map(JsonNode::stringValue))
                .contains("", "\"", "\\")
                .anyMatch(text -> text.length() > 1000)
                .anyMatch(text -> text.codePoints().anyMatch(Character::isSupplementaryCodePoint))
                .noneMatch(
                        text -> text.codePoints().anyMatch(point -> Character.getType(point) == Character.SURROGATE));
    }

    @Test
    void formats_are_kept_from_the_first_year_to_the_last() {
        assertThat(values("{\"type\": \"string\", \"format\": \"date\"}").map(JsonNode::stringValue))
                .contains("0001-01-01", "9999-12-31", "2000-02-29")
                .allSatisfy(text -> assertThat(LocalDate.parse(text)).hasToString(text));
        assertThat(values("{\"type\": \"string\", \"format\": \"date-time\"}").map(JsonNode::stringValue))
                .allSatisfy(text -> assertThat(Instant.parse(text)).hasToString(text));
        assertThat(values("{\"type\": \"string\", \"format\": \"date-time-local\"}")
                        .map(JsonNode::stringValue))
                .allSatisfy(LocalDateTime::parse);
        assertThat(values("{\"type\": \"string\", \"format\": \"time-local\"}").map(JsonNode::stringValue))
                .allSatisfy(LocalTime::parse);
        assertThat(values("{\"type\": \"string\", \"format\": \"uuid\"}").map(JsonNode::stringValue))
                .allSatisfy(text -> assertThat(UUID.fromString(text)).hasToString(text));
    }

    @Test
    void whole_numbers_reach_the_edges_of_their_format_and_not_beyond() {
        assertThat(values("{\"type\": \"integer\", \"format\": \"int32\"}"))
                .allMatch(JsonNode::canConvertToInt)
                .anyMatch(value -> value.longValue() == Integer.MAX_VALUE)
                .anyMatch(value -> value.longValue() == Integer.MIN_VALUE)
                .anyMatch(value -> value.longValue() == 0);
        assertThat(values("{\"type\": \"integer\", \"format\": \"int64\"}"))
                .anyMatch(value -> value.longValue() == Long.MAX_VALUE)
                .anyMatch(value -> value.longValue() == Long.MIN_VALUE);
        assertThat(values("{\"type\": \"integer\"}")).allMatch(JsonNode::canConvertToInt);
    }

    @Test
    void numbers_are_whole_fractional_tiny_and_huge() {
        assertThat(values("{\"type\": \"number\"}"))
                .allMatch(JsonNode::isNumber)
                .anyMatch(JsonNode::isIntegralNumber)
                .anyMatch(value -> value.doubleValue() == Double.MAX_VALUE)
                .anyMatch(value -> value.doubleValue() == Double.MIN_VALUE)
                .anyMatch(value -> value.doubleValue() < 0);
    }

    @Test
    void lists_are_empty_and_long() {
        assertThat(values("{\"type\": \"array\", \"items\": {\"type\": \"boolean\"}}"))
                .anyMatch(JsonNode::isEmpty)
                .anyMatch(list -> list.size() > 10)
                .allMatch(list -> list.valueStream().allMatch(JsonNode::isBoolean));
    }

    @Test
    void maps_have_the_names_that_people_give() {
        List<JsonNode> maps = values("{\"type\": \"object\", \"additionalProperties\": {\"type\": \"boolean\"}}")
                .toList();

        assertThat(maps)
                .anyMatch(JsonNode::isEmpty)
                .anyMatch(map -> map.has(""))
                .anyMatch(map -> map.size() > 1);
        assertThat(maps).allMatch(map -> map.valueStream().allMatch(JsonNode::isBoolean));
    }

    @Test
    void an_enum_gives_its_values_and_alternatives_give_each_of_them() {
        assertThat(values("{\"type\": [\"string\", \"null\"], \"enum\": [\"A\", \"B\", null]}")
                        .map(JsonNode::toString)
                        .distinct())
                .containsExactlyInAnyOrder("\"A\"", "\"B\"", "null");
        assertThat(values("{\"anyOf\": [{\"type\": \"null\"}, {\"const\": 5}]}")
                        .map(JsonNode::toString)
                        .distinct())
                .containsExactlyInAnyOrder("null", "5");
    }

    @Test
    void a_schema_that_says_nothing_gives_any_scalar() {
        assertThat(values("{}"))
                .anyMatch(JsonNode::isNull)
                .anyMatch(JsonNode::isBoolean)
                .anyMatch(JsonNode::isNumber)
                .anyMatch(JsonNode::isString)
                .noneMatch(JsonNode::isContainer);
    }

    @Test
    void a_keyword_that_is_not_known_is_refused_because_payloads_would_not_heed_it() {
        assertThatThrownBy(
                        () -> values("{\"type\": \"array\", \"items\": {\"type\": \"string\", \"pattern\": \"a+\"}}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "keyword 'pattern' of the schema at 'value[]' must be one of [additionalProperties, anyOf, const, enum, format, items, properties, required, type] to be generated; say it in these terms");
    }

    @Test
    void a_format_that_is_not_known_is_refused() {
        assertThatThrownBy(() -> values("{\"type\": \"string\", \"format\": \"email\"}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "format 'email' of a string of the schema at 'value' must be date, date-time, date-time-local, time-local or uuid to be generated; say it in these terms");
    }

    private static List<ObjectNode> payloads(String schema) {
        return Payloads.of(Schemas.of("any", schema).byRevision().get("any"), MANY, 3);
    }

    private static Stream<JsonNode> values(String schema) {
        return payloads("{\"type\": \"object\", \"properties\": {\"value\": %s}, \"required\": [\"value\"]}"
                        .formatted(schema))
                .stream()
                .map(payload -> payload.get("value"));
    }
}
