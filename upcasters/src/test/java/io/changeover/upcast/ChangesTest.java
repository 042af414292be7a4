package io.changeover.upcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Each change of the language, up and down. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ChangesTest {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final DateTimeFormatter FRENCH =
            DateTimeFormatter.ofPattern("dd.MM.uuuu HH:mm", java.util.Locale.ROOT);
    private static final LookupTable COUNTRIES =
            LookupTable.of("countries", 1, Map.of("France", "FR", "Germany", "DE"));
    private static final Conversion TRIMMED =
            Conversion.of("trim", value -> NODES.stringNode(value.stringValue().strip()), value -> value);

    private static ObjectNode tree(String json) {
        return PayloadTrees.ofJson().payload(json.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static ObjectNode up(Consumer<Changes> changes, String older) {
        ObjectNode payload = tree(older);
        Changes.of(changes).up(payload, Origin.unknown());
        return payload;
    }

    private static ObjectNode down(Consumer<Changes> changes, String newer) {
        ObjectNode payload = tree(newer);
        Changes.of(changes).down(payload, Origin.unknown());
        return payload;
    }

    private static Arguments both(String what, Consumer<Changes> changes, String older, String newer) {
        return Arguments.of(what, changes, older, newer);
    }

    static Stream<Arguments> lossless() {
        return Stream.of(
                both("constant", c -> c.add("a", "x").add("n", 5).add("b", true), "{}", "{'a':'x','n':5,'b':true}"),
                both("constant inside", c -> c.add("o.a", "x"), "{'o':{}}", "{'o':{'a':'x'}}"),
                both(
                        "derived from a field",
                        c -> c.derive("full", d -> NODES.stringNode(d.field("a").asString() + "!")),
                        "{'a':'x'}",
                        "{'a':'x','full':'x!'}"),
                both("rename", c -> c.rename("a", "b"), "{'a':1}", "{'b':1}"),
                both("rename inside", c -> c.rename("o.a", "b"), "{'o':{'a':1}}", "{'o':{'b':1}}"),
                both("rename what is absent", c -> c.rename("a?", "b"), "{}", "{}"),
                both("move", c -> c.move("a", "o.b"), "{'a':1,'o':{}}", "{'o':{'b':1}}"),
                both("remove a constant", c -> c.remove("a", NODES.stringNode("x")), "{'a':'x'}", "{}"),
                both("nest", c -> c.nest("o", "a", "b"), "{'a':1,'b':null}", "{'o':{'a':1,'b':null}}"),
                both("nest what is absent", c -> c.nest("o", "a", "b?"), "{'a':1}", "{'o':{'a':1}}"),
                both("flatten", c -> c.flatten("o", "a"), "{'o':{'a':1}}", "{'a':1}"),
                both("wrap", c -> c.wrap("a", "value"), "{'a':1}", "{'a':{'value':1}}"),
                both("unwrap", c -> c.unwrap("a", "value"), "{'a':{'value':1}}", "{'a':1}"),
                both("wrap in a list", c -> c.wrapInList("a"), "{'a':1}", "{'a':[1]}"),
                both(
                        "each of a list",
                        c -> c.each(
                                "lines", line -> line.rename("q", "quantity").add("unit", "piece")),
                        "{'lines':[{'q':1},{'q':2}]}",
                        "{'lines':[{'quantity':1,'unit':'piece'},{'quantity':2,'unit':'piece'}]}"),
                both(
                        "each of a map",
                        c -> c.each("byDay", day -> day.rename("q", "quantity")),
                        "{'byDay':{'mo':{'q':1},'tu':{'q':2}}}",
                        "{'byDay':{'mo':{'quantity':1},'tu':{'quantity':2}}}"),
                both(
                        "flatten each of a list",
                        c -> c.each("lines", line -> line.flatten("product", "code")),
                        "{'lines':[{'product':{'code':'S1'}}]}",
                        "{'lines':[{'code':'S1'}]}"),
                both(
                        "wrap each of a map",
                        c -> c.each("byDay", day -> day.wrap("q", "value")),
                        "{'byDay':{'mo':{'q':1}}}",
                        "{'byDay':{'mo':{'q':{'value':1}}}}"),
                both(
                        "convert each plain value of a list and a map",
                        c -> c.convertEach("list", Conversions.textToNumber())
                                .convertEach("map", Conversions.textToNumber()),
                        "{'list':['1','2'],'map':{'a':'3'}}",
                        "{'list':[1,2],'map':{'a':3}}"),
                both(
                        "number to money",
                        c -> c.convert("a", Conversions.numberToMoney("USD", 2)),
                        "{'a':34.47}",
                        "{'a':{'minorUnits':3447,'currency':'USD'}}"),
                both(
                        "text to instant",
                        c -> c.convert("at", Conversions.textToInstant(FRENCH, PARIS)),
                        "{'at':'06.07.2003 10:30'}",
                        "{'at':'2003-07-06T08:30:00Z'}"),
                both(
                        "text to date",
                        c -> c.convert(
                                "on",
                                Conversions.textToDate(
                                        DateTimeFormatter.ofPattern("dd/MM/uuuu", java.util.Locale.ROOT))),
                        "{'on':'06/07/2003'}",
                        "{'on':'2003-07-06'}"),
                both("null stays null", c -> c.convert("a", Conversions.textToNumber()), "{'a':null}", "{'a':null}"),
                both("lookup", c -> c.lookup("country", COUNTRIES), "{'country':'France'}", "{'country':'FR'}"),
                both(
                        "condition that holds",
                        c -> c.when("kind", kind -> kind.asString().equals("A"), then -> then.rename("x", "y")),
                        "{'kind':'A','x':1}",
                        "{'kind':'A','y':1}"),
                both(
                        "condition that does not",
                        c -> c.when("kind", kind -> kind.asString().equals("A"), then -> then.rename("x", "y")),
                        "{'kind':'B','x':1}",
                        "{'kind':'B','x':1}"),
                both(
                        "several, undone in reverse",
                        c -> c.rename("a", "b").nest("o", "b").add("b", "new"),
                        "{'a':1}",
                        "{'o':{'b':1},'b':'new'}"),
                both(
                        "custom",
                        c -> c.custom(
                                "double",
                                p -> p.put("a", p.path("a").asInt() * 2),
                                p -> p.put("a", p.path("a").asInt() / 2)),
                        "{'a':2}",
                        "{'a':4}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void lossless(String what, Consumer<Changes> changes, String older, String newer) {
        ObjectNode expectedOlder = tree(older.replace('\'', '"'));
        ObjectNode expectedNewer = tree(newer.replace('\'', '"'));

        ObjectNode up = up(changes, older.replace('\'', '"'));
        assertThat(Trees.same(up, expectedNewer))
                .as("%s is %s", up, expectedNewer)
                .isTrue();
        ObjectNode down = down(changes, newer.replace('\'', '"'));
        assertThat(Trees.same(down, expectedOlder))
                .as("%s is %s", down, expectedOlder)
                .isTrue();
        assertThat(Changes.of(changes).lossesDown()).allMatch(Loss::bounded);
    }

    private static void refusesUp(Consumer<Changes> changes, String older, String message) {
        assertThatThrownBy(() -> up(changes, older.replace('\'', '"')))
                .isInstanceOf(StepRefusedException.class)
                .hasMessage(message);
    }

    private static void refusesDown(Consumer<Changes> changes, String newer, String message) {
        assertThatThrownBy(() -> down(changes, newer.replace('\'', '"')))
                .isInstanceOf(StepRefusedException.class)
                .hasMessage(message);
    }

    @Test
    void nothing_is_overwritten_or_taken_for_absent_in_silence() {
        refusesUp(
                c -> c.rename("a", "b"),
                "{'a':1,'b':2}",
                "field 'b' exists already and would be overwritten; move it away first");
        refusesUp(
                c -> c.rename("a", "b"),
                "{}",
                "field 'a' is missing; write 'a?' in the step if some events do not have it");
        refusesUp(
                c -> c.move("a.b", "c"),
                "{'a':5}",
                "field 'a' is 5 but 'a.b' needs an object there; correct the path or convert the field first");
        refusesDown(
                c -> c.nest("o", "a"),
                "{'o':{'a':1,'z':2}}",
                "object 'o' has the fields [z], for which the earlier revision has no place; name them in the step or remove them by another");
        refusesDown(
                c -> c.nest("o", "a"),
                "{'o':7}",
                "field 'o' is 7 but must be an object to be scattered; correct it by a step of its own");
    }

    @Test
    void earlier_readers_are_not_told_what_they_would_mistake() {
        refusesDown(
                c -> c.add("currency", "USD"),
                "{'currency':'EUR'}",
                "field 'currency' is 'EUR', but readers of the earlier revision do not have it and mean 'USD'; move them to the later revision first, or declare the loss");
        refusesDown(
                c -> c.convert("a", Conversions.numberToMoney("USD", 2)),
                "{'a':{'minorUnits':1,'currency':'EUR'}}",
                "field 'a': currency 'EUR' cannot be told to readers of the earlier revision, who take every amount for USD; move them to the later revision first");
        refusesDown(
                c -> c.wrapInList("a"),
                "{'a':[1,2]}",
                "field 'a' is [1,2] but readers of the earlier revision take exactly one value; move them to the later revision first");
        refusesDown(
                c -> c.wrap("a", "value"),
                "{'a':{'value':1,'unit':'kg'}}",
                "field 'a' is {\"value\":1,\"unit\":\"kg\"} but must be an object with the field 'value' alone; remove the others by a change of their own");
        refusesDown(
                c -> c.lookup("country", COUNTRIES),
                "{'country':'IT'}",
                "field 'country': 'IT' must be one of "
                        + "[DE, FR]"
                        + " to be told as before table 'countries' version 1; move its readers to the newer revision first");
    }

    @Test
    void what_cannot_be_converted_is_refused_by_rule() {
        refusesUp(
                c -> c.convert("a", Conversions.numberToMoney("USD", 2)),
                "{'a':1.005}",
                "field 'a': 1.005 must be a number with at most 2 digits after the point, within 64 bits of minor units; choose a rounding for the step");
        refusesUp(
                c -> c.convert("a", Conversions.numberToMoney("USD", 2)),
                "{'a':'5'}",
                "field 'a': '5' must be a number of major units; correct it by a step before this one");
        refusesUp(
                c -> c.convert("a", Conversions.textToNumber()),
                "{'a':'five'}",
                "field 'a': 'five' must be a decimal number such as '12.50'; correct it before this step");
        refusesUp(
                c -> c.each("lines", line -> line.convert("q", Conversions.textToNumber())),
                "{'lines':[{'q':'1'},{'q':'x'}]}",
                "field 'lines[1].q': 'x' must be a decimal number such as '12.50'; correct it before this step");
        assertThatThrownBy(
                        () -> up(c -> c.convert("at", Conversions.textToInstant(FRENCH, PARIS)), "{\"at\":\"soon\"}"))
                .hasMessageStartingWith("field 'at': 'soon' must be a text in the format ")
                .hasMessageEndingWith("; correct it before this step");
        assertThatThrownBy(() -> up(
                        c -> c.convert("at", Conversions.textToInstant(FRENCH, PARIS)),
                        "{\"at\":\"28.03.2004 02:30\"}"))
                .hasMessageContaining("the zone skipped this time");
        assertThat(up(
                                c -> c.convert("a", Conversions.numberToMoneyRounded("USD", 2, RoundingMode.HALF_UP)),
                                "{\"a\":0.30000000000000004}")
                        .toString())
                .isEqualTo("{\"a\":{\"minorUnits\":30,\"currency\":\"USD\"}}");
    }

    @Test
    void a_table_is_asked_by_its_version_and_may_have_a_fallback() {
        refusesUp(
                c -> c.lookup("c", LookupTable.of("countries", 2, Map.of("France", "FR"))),
                "{'c':'Italy'}",
                "field 'c': 'Italy' must be one of [France], the entries of table 'countries' version 2; make the next version of the table and a step that uses it");
        Consumer<Changes> lenient = c -> c.lookup("c", COUNTRIES.otherwise("??"));
        assertThat(up(lenient, "{\"c\":\"Italy\"}").path("c").asString()).isEqualTo("??");
        assertThat(Changes.of(lenient).lossesUp())
                .extracting(Loss::what)
                .containsExactly("every text that table 'countries' version 1 does not know");
        Consumer<Changes> shared = c ->
                c.lookup("c", LookupTable.of("regions", 1, new java.util.TreeMap<>(Map.of("FR", "EU", "DE", "EU"))));
        assertThat(Changes.of(shared).lossesUp())
                .extracting(Loss::what)
                .containsExactly("which of several older texts it was, in table 'regions' version 1: {DE=EU, FR=EU}");
        assertThat(down(shared, "{\"c\":\"EU\"}").path("c").asString()).isEqualTo("DE");
    }

    @Test
    void a_declared_loss_is_taken_and_named() {
        Consumer<Changes> changes = c -> c.remove("total", NODES.nullNode(), "the total")
                .add("method", "CHECK", "by which other means it was paid");

        assertThat(up(changes, "{\"total\":5}")).hasToString("{\"method\":\"CHECK\"}");
        assertThat(down(changes, "{\"method\":\"TRANSFER\"}")).hasToString("{\"total\":null}");
        assertThat(Changes.of(changes).lossesUp()).extracting(Loss::what).containsExactly("the total");
        assertThat(Changes.of(changes).lossesDown())
                .extracting(Loss::what)
                .containsExactly("by which other means it was paid");
    }

    @Test
    void a_value_may_be_derived_from_metadata_and_the_time_of_the_event() {
        Changes changes = Changes.of(c -> c.derive("by", d -> d.metadata("user"), "who it was")
                .derive("at", d -> NODES.stringNode(String.valueOf(d.time())), "when it was"));
        ObjectNode payload = tree("{}");

        changes.up(payload, Origin.of(Instant.EPOCH, () -> tree("{\"user\":\"ann\"}")));

        assertThat(payload).hasToString("{\"by\":\"ann\",\"at\":\"1970-01-01T00:00:00Z\"}");
    }

    @Test
    void digits_that_a_double_would_lose_survive_the_way_through_a_tree() {
        assertThat(up(c -> c.rename("a", "b"), "{\"a\":12345678901234567890.123456789,\"z\":2.50}"))
                .hasToString("{\"z\":2.50,\"b\":12345678901234567890.123456789}");
    }

    @Test
    void examples_come_back_exactly_even_where_losses_are_declared() {
        Changes changes = Changes.of(c -> c.convert(
                        "a", Conversions.numberToMoneyRounded("USD", 2, RoundingMode.HALF_UP))
                .convert("at", Conversions.textToInstant(FRENCH, PARIS))
                .convert(
                        "t",
                        TRIMMED.losingUp("blanks").exactForOlder(random -> NODES.stringNode("x" + random.nextInt())))
                .rename("a", "total"));
        RandomGenerator random = new java.util.Random(7);
        for (int i = 0; i < 200; i++) {
            ObjectNode older = tree("{\"a\":0.123456,\"at\":\"?\",\"t\":\" y \"}");
            changes.exemplifyOlder(older, Origin.unknown(), random);
            ObjectNode original = older.deepCopy();
            changes.up(older, Origin.unknown());
            changes.down(older, Origin.unknown());
            assertThat(Trees.same(older, original))
                    .as("%s is %s", older, original)
                    .isTrue();
        }
        assertThat(changes.lossesUp()).extracting(Loss::bounded).containsOnly(true);
    }

    @Test
    void a_path_that_is_none_is_refused_when_the_step_is_written() {
        assertThatThrownBy(() -> Changes.of(c -> c.rename("a..b", "c")))
                .hasMessage(
                        "Path 'a..b' must be names joined by dots, such as 'contact.givenName', with '?' at the end where the value may be absent; correct it");
    }

    @Test
    void json_values_are_compared_by_what_they_say() {
        JsonNode one = tree("{\"n\":1.0,\"m\":[1]}");
        JsonNode other =
                NODES.objectNode().put("n", 1L).set("m", NODES.arrayNode().add(1L));
        assertThat(Trees.same(one, other)).isTrue();
    }
}
