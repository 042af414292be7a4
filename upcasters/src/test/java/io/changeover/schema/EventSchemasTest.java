package io.changeover.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import io.changeover.event.EventSerializer;
import io.changeover.event.EventType;
import io.changeover.event.EventTypes;
import io.changeover.sensitive.Sensitive;
import io.changeover.upcast.Revision;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EventSchemasTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    enum Unit {
        PIECE,
        METRE {
            @Override
            public String toString() {
                return "metre";
            }
        }
    }

    enum Channel {
        WEB("w"),
        SHOP("s");

        private final String code;

        Channel(String code) {
            this.code = code;
        }

        @JsonValue
        String code() {
            return code;
        }
    }

    record CustomerId(@JsonValue String value) {}

    record Line(String product, int quantity, @Nullable @Sensitive String note) {

        boolean positive() {
            return quantity > 0;
        }

        int doubled() {
            return 2 * quantity;
        }
    }

    @EventType(name = "order.placed")
    record Placed(
            CustomerId customer,
            @Sensitive String name,
            long total,
            BigInteger big,
            BigDecimal weight,
            double share,
            float part,
            boolean paid,
            LocalDate day,
            Instant at,
            OffsetDateTime due,
            LocalDateTime local,
            LocalTime time,
            UUID key,
            Unit unit,
            @Nullable Channel channel,
            List<Line> lines,
            Set<UUID> parcels,
            Collection<List<String>> grid,
            Map<String, Line> byCode,
            @Nullable Map<String, Integer> counts,
            Line main,
            @Sensitive @Nullable Line spare,
            @Nullable Boolean gift,
            @Nullable @Sensitive List<String> remarks) {}

    private static final List<Placed> EVENTS = List.of(
            placed(null, null, null, List.of()),
            placed(Channel.SHOP, new Line("p", -1, "n"), true, List.of(new Line("a", 1, null))));

    private static Placed placed(
            @Nullable Channel channel, @Nullable Line spare, @Nullable Boolean gift, List<Line> lines) {
        return new Placed(
                new CustomerId("C1"),
                "Ada",
                1L << 40,
                BigInteger.TEN.pow(30),
                new BigDecimal("2.50"),
                0.5,
                1.25f,
                true,
                LocalDate.of(2026, 1, 31),
                Instant.parse("2026-01-31T10:00:00.123Z"),
                OffsetDateTime.parse("2026-01-31T10:00:00Z"),
                LocalDateTime.parse("2026-01-31T10:00"),
                LocalTime.parse("10:00"),
                new UUID(1, 2),
                Unit.METRE,
                channel,
                lines,
                Set.of(new UUID(3, 4)),
                List.of(List.of("a"), List.of()),
                Map.of("x", new Line("p", 1, null)),
                gift == null ? null : Map.of("a", 1),
                new Line("q", 2, "n"),
                spare,
                gift,
                gift == null ? null : List.of("r"));
    }

    record Small(String id, @Nullable String comment, @JsonProperty("how_many") int count, @JsonIgnore String secret) {}

    @Test
    void components_are_told_in_their_order_under_the_names_that_Jackson_writes() {
        assertThat(EventSchemas.of(Small.class).toString())
                .isEqualTo(
                        "{\"type\":\"object\",\"properties\":{\"id\":{\"type\":\"string\"},\"comment\":{\"type\":[\"string\",\"null\"]},\"how_many\":{\"type\":\"integer\",\"format\":\"int32\"}},\"required\":[\"id\",\"how_many\"],\"additionalProperties\":false}");
    }

    @Test
    void every_supported_type_has_its_schema() {
        String line =
                "{'type':'object','properties':{'product':{'type':'string'},'quantity':{'type':'integer','format':'int32'},'note':{'type':['string','null'],'x-sensitive':true}},'required':['product','quantity'],'additionalProperties':false}";
        assertThat(EventSchemas.of(Placed.class).get("properties"))
                .isEqualTo(Trees.node(
                        """
                        {'customer':{'type':'string'},
                        'name':{'type':'string','x-sensitive':true},
                        'total':{'type':'integer','format':'int64'},
                        'big':{'type':'integer'},
                        'weight':{'type':'number'},
                        'share':{'type':'number'},
                        'part':{'type':'number'},
                        'paid':{'type':'boolean'},
                        'day':{'type':'string','format':'date'},
                        'at':{'type':'string','format':'date-time'},
                        'due':{'type':'string','format':'date-time'},
                        'local':{'type':'string','format':'date-time-local'},
                        'time':{'type':'string','format':'time-local'},
                        'key':{'type':'string','format':'uuid'},
                        'unit':{'type':'string','enum':['PIECE','metre']},
                        'channel':{'type':['string','null'],'enum':['w','s',null]},
                        'lines':{'type':'array','items':LINE},
                        'parcels':{'type':'array','items':{'type':'string','format':'uuid'}},
                        'grid':{'type':'array','items':{'type':'array','items':{'type':'string'}}},
                        'byCode':{'type':'object','additionalProperties':LINE},
                        'counts':{'type':['object','null'],'additionalProperties':{'type':'integer','format':'int32'}},
                        'main':LINE,
                        'spare':SPARE,
                        'gift':{'type':['boolean','null']},
                        'remarks':{'type':['array','null'],'items':{'type':'string'},'x-sensitive':true}}
                        """
                                .replace("LINE", line)
                                .replace(
                                        "SPARE",
                                        line.replaceFirst("'object'", "['object','null']")
                                                .replaceFirst("}$", ",'x-sensitive':true}"))));
    }

    @Test
    void what_Jackson_writes_fits_the_schema() {
        Revision revision = Revision.of("order.placed", 1);
        PayloadValidator validator = PayloadValidator.of(Map.of(revision, EventSchemas.of(Placed.class)));
        for (Placed event : EVENTS) {
            String payload = JSON.writeValueAsString(event);
            assertThat(validator.violations(revision, JSON.readTree(payload))).hasValue(List.of());
            assertThat(JSON.readValue(payload, Placed.class)).isEqualTo(event);
        }
    }

    @Test
    void the_serializer_of_events_writes_the_same_JSON() {
        EventSerializer serializer = new EventSerializer(EventTypes.of(List.of(Placed.class)));
        for (Placed event : EVENTS) {
            assertThat(serializer.serialize(event, String.class).getData()).isEqualTo(JSON.writeValueAsString(event));
        }
    }

    @Test
    void each_call_answers_a_tree_of_its_own() {
        EventSchemas.of(Small.class).removeAll();
        assertThat(EventSchemas.of(Small.class)).isNotEmpty();
    }

    sealed interface Shape permits Circle {}

    record Circle(double radius) implements Shape {}

    record Node(List<Node> children) {}

    record Derived(long cents) {

        boolean isPositive() {
            return cents > 0;
        }

        public String getText() {
            return "";
        }

        public boolean isNegative() {
            return cents < 0;
        }
    }

    record Generic<T>(T value) {}

    record Formatted(@JsonFormat(pattern = "dd.MM.yyyy") LocalDate day) {}

    record Unsupported(
            Shape shape,
            Node tree,
            Derived derived,
            Map<Integer, String> byNumber,
            List<@Nullable String> gaps,
            Generic<String> generic,
            Optional<String> maybe,
            Object any,
            Formatted formatted) {}

    @Test
    void what_cannot_be_told_from_components_is_refused_with_every_problem_at_once() {
        String rule =
                "but must be text, a number, a boolean, a date or time, a UUID, an enum, a record, or a List, Set or Map<String, ...> of these; change its type";
        String test = "io.changeover.schema.EventSchemasTest";

        assertThatExceptionOfType(UnsupportedEventClassException.class)
                .isThrownBy(() -> EventSchemas.of(Unsupported.class))
                .satisfies(e -> assertThat(e.eventClass()).isEqualTo(Unsupported.class))
                .satisfies(
                        e -> assertThat(e.problems())
                                .containsExactly(
                                        "field 'shape' is of type '" + test + "$Shape' " + rule,
                                        "field 'tree.children[]' holds '" + test
                                                + "$Node' within itself, and a schema without end cannot be written; let it hold an identifier instead",
                                        "method 'isNegative()' of '" + test
                                                + "$Derived' is written as field 'negative' but cannot be read, because it is no component; rename it so that it does not begin with 'get' or 'is', or annotate it with @JsonIgnore",
                                        "method 'getText()' of '" + test
                                                + "$Derived' is written as field 'text' but cannot be read, because it is no component; rename it so that it does not begin with 'get' or 'is', or annotate it with @JsonIgnore",
                                        "field 'byNumber' is of type 'java.util.Map<java.lang.Integer, java.lang.String>' "
                                                + rule,
                                        "field 'gaps[]' must not be null within its list or map; leave such elements out",
                                        "field 'generic' is of type '" + test + "$Generic<java.lang.String>' " + rule,
                                        "field 'maybe' is of type 'java.util.Optional<java.lang.String>' " + rule,
                                        "field 'any' is of type 'java.lang.Object' " + rule,
                                        "field 'formatted.day' has @JsonFormat, which changes its JSON in a way that the schema cannot follow; remove the annotation"));
    }

    @Test
    void a_getter_is_refused_because_Jackson_writes_it_and_does_not_read_it() {
        JsonMapper strict = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        String written = strict.writeValueAsString(new Derived(-1));

        assertThat(written).isEqualTo("{\"cents\":-1,\"negative\":true,\"text\":\"\"}");
        assertThatExceptionOfType(UnrecognizedPropertyException.class)
                .isThrownBy(() -> strict.readValue(written, Derived.class));
    }

    record Spoken(@JsonFormat(shape = JsonFormat.Shape.STRING) int count) {

        @Override
        public int count() {
            return count;
        }
    }

    @Test
    void an_accessor_of_its_own_hides_no_annotation() {
        assertThatExceptionOfType(UnsupportedEventClassException.class)
                .isThrownBy(() -> EventSchemas.of(Spoken.class))
                .satisfies(
                        e -> assertThat(e.problems())
                                .containsExactly(
                                        "field 'count' has @JsonFormat, which changes its JSON in a way that the schema cannot follow; remove the annotation"));
        assertThat(EventSchemas.of(Marked.class)
                        .at("/properties/name/x-sensitive")
                        .asBoolean())
                .isTrue();
    }

    record Marked(String name) {

        @Override
        @Sensitive
        public String name() {
            return name;
        }
    }

    @Test
    void a_class_that_is_no_record_is_refused() {
        assertThatExceptionOfType(UnsupportedEventClassException.class)
                .isThrownBy(() -> EventSchemas.of(Object.class))
                .withMessage(
                        """
                        The schema of class 'java.lang.Object' cannot be derived:
                          - class 'java.lang.Object' must be a record, because its components are the fields of its JSON; make it one""");
    }
}
