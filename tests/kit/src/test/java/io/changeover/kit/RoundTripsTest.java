package io.changeover.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.event.EventType;
import io.changeover.event.EventTypes;
import io.changeover.kit.parcel.Parcels;
import io.changeover.kit.parcel.Schemas;
import io.changeover.upcast.Changes;
import io.changeover.upcast.Conversion;
import io.changeover.upcast.Conversions;
import io.changeover.upcast.EventStep;
import io.changeover.upcast.EventSteps;
import io.changeover.upcast.LookupTable;
import io.changeover.upcast.Loss;
import io.changeover.upcast.Origin;
import io.changeover.upcast.Revision;
import io.changeover.upcast.StepRefusedException;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RoundTripsTest {

    @EventType(name = "thing.seen", revision = 2)
    record ThingSeen(String name) {}

    @EventType(name = "thing.heard")
    record ThingHeard(String name) {}

    @EventType(name = "thing.felt", revision = 3)
    record ThingFelt(String animal) {}

    private static final LookupTable ANIMALS =
            LookupTable.of("animals", 1, new TreeMap<>(Map.of("dog", "bark", "cat", "meow")));

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final EventTypes TYPES = EventTypes.of(List.of(ThingSeen.class));
    private static final RoundTripOptions OPTIONS = new RoundTripOptions(100, 5);

    private static final String NAME =
            """
            {"type": "object", "additionalProperties": false,
             "properties": {"name": {"type": "string"}, "note": {"type": "string"}}, "required": ["name"]}""";
    private static final String ANIMAL = NAME.replace("name", "animal");
    private static final String AMOUNT =
            """
            {"type": "object", "additionalProperties": false,
             "properties": {"amount": {"type": "number"}, "note": {"type": "string"}}, "required": ["amount"]}""";
    private static final String MONEY =
            """
            {"type": "object", "additionalProperties": false,
             "properties": {"amount": {"type": "object"}, "note": {"type": "string"}}, "required": ["amount"]}""";

    @Test
    void a_domain_whose_steps_are_right_has_no_failures() {
        RoundTripReport report =
                new RoundTrips(Parcels.STEPS, Parcels.SCHEMAS, Parcels.SCHEMAS).run(new RoundTripOptions(200, 42));

        report.requireNoFailures();
        assertThat(report.summary())
                .isEqualTo(
                        "16 ordered pairs of revisions of 4 event types: 3200 payloads, 18013 checks, 0 refusals, 0 losses lift the equality, 0 failures");
        assertThat(report)
                .isEqualTo(new RoundTrips(Parcels.STEPS, Parcels.SCHEMAS, Parcels.SCHEMAS)
                        .run(new RoundTripOptions(200, 42)));
    }

    @Test
    void a_way_down_that_forgets_a_field_is_found() {
        assertThat(messageOf(
                        changes -> changes.custom(
                                "shout",
                                payload ->
                                        payload.put("name", payload.path("name").asString()),
                                payload -> payload.remove("note")),
                        Schemas.ofThing(NAME, NAME)))
                .isEqualTo(
                        """
                        'thing.seen@1' to 'thing.seen@2': the way there and back must give the same payload; correct the way back, or declare what the way there loses
                          seed:     5
                          payload:  {"name":"","note":""}
                          expected: thing.seen@1 {"name":"","note":""}
                          actual:   thing.seen@1 {"name":""}""");
    }

    @Test
    void a_way_down_that_forgets_a_field_is_found_beside_a_bounded_loss() {
        assertThat(messageOf(
                        changes -> changes.convert(
                                        "amount", Conversions.numberToMoneyRounded("EUR", 2, RoundingMode.HALF_UP))
                                .custom("nothing", payload -> {}, payload -> payload.remove("note")),
                        Schemas.ofThing(AMOUNT, MONEY)))
                .isEqualTo(
                        """
                        'thing.seen@1' to 'thing.seen@2': the way there and back must give the same payload; correct the way back, or declare what the way there loses
                          seed:     5
                          payload:  {"amount":1.242704041E7,"note":""}
                          expected: thing.seen@1 {"amount":1.242704041E7,"note":""}
                          actual:   thing.seen@1 {"amount":1.242704041E7}""");
    }

    @Test
    void a_result_that_its_schema_refuses_is_found() {
        assertThat(messageOf(
                        changes -> changes.custom(
                                "number", payload -> payload.put("name", 5), payload -> payload.put("name", "5")),
                        Schemas.ofThing(NAME, NAME)))
                .isEqualTo(
                        """
                        'thing.seen@1' to 'thing.seen@2': the result must fit the schema of its revision; correct the step, or the schema if that is wrong
                          seed:     5
                          payload:  {"name":""}
                          expected: a payload of 'thing.seen@2'
                          actual:   {"name":5}, of which payload.name is 5 but must be of type "string\"""");
    }

    @Test
    void a_loss_that_is_not_declared_is_found() {
        assertThat(messageOf(changes -> changes.convert("name", lowerCase()), Schemas.ofThing(NAME, NAME)))
                .isEqualTo(
                        """
                        'thing.seen@1' to 'thing.seen@2': the way there and back must give the same payload; correct the way back, or declare what the way there loses
                          seed:     5
                          payload:  {"name":"A"}
                          expected: thing.seen@1 {"name":"A"}
                          actual:   thing.seen@1 {"name":"a"}""");
    }

    @Test
    void a_loss_that_is_declared_lifts_the_equality_and_is_reported() {
        RoundTripReport report = report(
                changes ->
                        changes.convert("name", lowerCase().losingUp("capitals").losingDown("nothing that is seen")),
                Schemas.ofThing(NAME, NAME));

        report.requireNoFailures();
        assertThat(report.lifted())
                .containsExactly(
                        new LiftedEquality(first(), second(), Loss.of("capitals")),
                        new LiftedEquality(second(), first(), Loss.of("nothing that is seen")));
        assertThat(report.lifted().get(0)).hasToString("'thing.seen@1' to 'thing.seen@2' and back loses capitals");
    }

    @Test
    void a_loss_with_a_bound_lifts_nothing() {
        Conversion bounded = lowerCase()
                .losingUp("capitals")
                .exactForOlder(random -> NODES.stringNode("no capitals"))
                .losingDown("nothing that is seen");

        RoundTripReport report = report(changes -> changes.convert("name", bounded), Schemas.ofThing(NAME, NAME));

        report.requireNoFailures();
        assertThat(report.lifted())
                .containsExactly(new LiftedEquality(second(), first(), Loss.of("nothing that is seen")));
    }

    @Test
    void a_bound_that_does_not_hold_is_found() {
        Conversion wrong = lowerCase().losingUp("capitals").exactForOlder(random -> NODES.stringNode("With Capitals"));

        assertThat(messageOf(changes -> changes.convert("name", wrong), Schemas.ofThing(NAME, NAME)))
                .isEqualTo(
                        """
                        'thing.seen@1' to 'thing.seen@2': the way there and back must give the same payload; correct the way back, or declare what the way there loses
                          seed:     5
                          payload:  {"name":"With Capitals"}
                          expected: thing.seen@1 {"name":"With Capitals"}
                          actual:   thing.seen@1 {"name":"with capitals"}""");
    }

    @Test
    void an_example_that_is_no_payload_of_its_revision_is_found() {
        Conversion wrong = lowerCase().exactForOlder(random -> NODES.numberNode(5));

        assertThat(messageOf(changes -> changes.convert("name", wrong), Schemas.ofThing(NAME, NAME)))
                .isEqualTo(
                        """
                        'thing.seen@1' to 'thing.seen@2': a payload with the examples of the steps must fit the schema of its own revision; correct the examples, or the step that they are brought back through
                          seed:     5
                          payload:  {"name":5}
                          expected: a payload of 'thing.seen@1'
                          actual:   {"name":5}, of which payload.name is 5 but must be of type "string\"""");
    }

    @Test
    void a_step_that_answers_differently_each_time_is_found() {
        AtomicLong calls = new AtomicLong();

        String message = messageOf(
                changes -> changes.custom(
                        "count",
                        payload -> payload.put("name", calls.incrementAndGet() % 2 == 0 ? "even" : "odd"),
                        payload -> {}),
                Schemas.ofThing(NAME, NAME));

        assertThat(message)
                .isEqualTo(
                        """
                        'thing.seen@1' to 'thing.seen@2': the same payload must give the same bytes each time; take what differs from the payload, its metadata or its time instead
                          seed:     5
                          payload:  {"name":""}
                          expected: thing.seen@2 {"name":"even"}
                          actual:   thing.seen@2 {"name":"odd"}""");
    }

    @Test
    void a_step_that_throws_is_found() {
        assertThat(messageOf(
                        changes -> changes.custom(
                                "divide",
                                payload -> payload.put(
                                        "name",
                                        "x"
                                                .repeat(1
                                                        / payload.path("name")
                                                                .asString()
                                                                .length())),
                                payload -> {},
                                "all",
                                "all"),
                        Schemas.ofThing(NAME, NAME)))
                .isEqualTo(
                        """
                        'thing.seen@1' to 'thing.seen@2': the way there must not fail; correct the step, or give examples of the values that it takes
                          seed:     5
                          payload:  {"name":""}
                          expected: a payload of 'thing.seen@2'
                          actual:   ArithmeticException: / by zero""");
    }

    @Test
    void a_refusal_on_the_way_up_is_a_failure() {
        assertThat(messageOf(
                        changes -> changes.rename("note", "remark"),
                        Schemas.ofThing(NAME, NAME.replace("note", "remark"))))
                .isEqualTo(
                        """
                        'thing.seen@1' to 'thing.seen@2': the way there must not fail; correct the step, or give examples of the values that it takes
                          seed:     5
                          payload:  {"name":""}
                          expected: a payload of 'thing.seen@2'
                          actual:   StepRefusedException: field 'note' is missing; write 'note?' in the step if some events do not have it""");
    }

    @Test
    void a_refusal_on_the_way_down_is_counted() {
        RoundTripReport report = report(
                changes -> changes.wrapInList("name"),
                Schemas.ofThing(
                        NAME,
                        """
                        {"type": "object", "additionalProperties": false,
                         "properties": {"name": {"type": "array", "items": {"type": "string"}}, "note": {"type": "string"}},
                         "required": ["name"]}"""));

        report.requireNoFailures();
        assertThat(report.refusals()).isBetween(50L, 95L);
    }

    @Test
    void a_way_back_up_that_fails_is_found() {
        assertThat(messageOf(
                        changes -> changes.custom(
                                "distinguish",
                                RoundTripsTest::requireName,
                                payload -> payload.put("name", "from below"),
                                "nothing that is seen",
                                "names"),
                        Schemas.ofThing(NAME, NAME)))
                .isEqualTo(
                        """
                        'thing.seen@2' to 'thing.seen@1': the way back must not fail; let the way back take everything that the way there makes
                          seed:     5
                          payload:  {"name":""}
                          expected: a payload of 'thing.seen@2'
                          actual:   IllegalStateException: 'from below' is no name""");
    }

    @Test
    void a_revision_that_no_payload_reaches_is_found() {
        EventSteps steps = EventSteps.of(
                List.of(EventStep.from("thing.seen", 1)
                        .splitBy("name", names -> names.drop("any", "what was seen")
                                .when(
                                        "never",
                                        value -> false,
                                        NODES.stringNode("any"),
                                        "thing.heard",
                                        1,
                                        changes -> {}))
                        .withoutWayDown("nothing comes back")),
                EventTypes.of(List.of(ThingHeard.class)));
        Schemas schemas = Schemas.of(
                "thing.seen@1",
                """
                {"type": "object", "properties": {"name": {"type": "string", "enum": ["any"]}}, "required": ["name"]}""",
                "thing.heard@1",
                """
                {"type": "object"}""");

        RoundTripReport report = new RoundTrips(steps, schemas, schemas).run(OPTIONS);

        assertThat(report.failures().stream().map(RoundTripFailure::message))
                .containsExactly(
                        """
                        'thing.seen@1' to 'thing.heard@1': at least one payload must arrive; correct or remove the case that leads there, or give examples that do
                          seed:     5
                          payload:  {"name":"any"}
                          expected: one of 100 payloads or more
                          actual:   none; the last payload became another event or none""");
    }

    @Test
    void a_way_down_that_refuses_everything_is_found() {
        String one =
                """
                {"type": "object", "properties": {"name": {"const": "x"}}, "required": ["name"]}""";

        assertThat(messageOf(
                        changes -> changes.custom(
                                "nothing",
                                payload -> {},
                                payload -> {
                                    throw new StepRefusedException("name", "it is not for earlier readers");
                                },
                                "nothing that is seen",
                                null),
                        Schemas.ofThing(one, one)))
                .isEqualTo(
                        """
                        'thing.seen@2' to 'thing.seen@1': at least one payload must arrive; give examples that earlier readers know, or declare the step withoutWayDown
                          seed:     5
                          payload:  {"name":"x"}
                          expected: one of 100 payloads or more
                          actual:   none; the last payload was refused: it is not for earlier readers""");
    }

    @Test
    void of_several_events_the_main_one_leads_back_and_the_others_fit_their_schemas() {
        EventSteps steps = EventSteps.of(
                List.of(EventStep.from("thing.seen", 1)
                        .splitInto(parts -> parts.main("thing.seen", 2, changes -> changes.add("loud", false))
                                .also("thing.heard", 1, changes -> changes.lookup("name", ANIMALS)))),
                EventTypes.of(List.of(ThingSeen.class, ThingHeard.class)));
        Schemas schemas = Schemas.of(
                "thing.seen@1",
                NAME,
                "thing.seen@2",
                """
                {"type": "object", "additionalProperties": false,
                 "properties": {"name": {"type": "string"}, "note": {"type": "string"}, "loud": {"type": "boolean"}},
                 "required": ["name", "loud"]}""",
                "thing.heard@1",
                NAME.replace("\"name\": {\"type\": \"string\"}", "\"name\": {\"enum\": [\"bark\", \"meow\"]}"));

        RoundTripReport report = new RoundTrips(steps, schemas, schemas).run(OPTIONS);

        report.requireNoFailures();
        assertThat(report.pairs()).isEqualTo(3);
    }

    @Test
    void examples_of_a_later_step_are_sent_through_the_steps_before_it() {
        EventTypes types = EventTypes.of(List.of(ThingFelt.class));
        EventSteps steps = EventSteps.of(
                List.of(
                        EventStep.from("thing.felt", 1).to(2, changes -> changes.rename("name", "animal")),
                        EventStep.from("thing.felt", 2).to(3, changes -> changes.lookup("animal", ANIMALS))),
                types);
        Schemas schemas = Schemas.of("thing.felt@1", NAME, "thing.felt@2", ANIMAL, "thing.felt@3", ANIMAL);

        RoundTripReport report = new RoundTrips(steps, schemas, schemas).run(OPTIONS);

        report.requireNoFailures();
        assertThat(report.refusals()).isZero();
    }

    @Test
    void a_step_that_needs_context_may_refuse_a_payload_that_has_none() {
        EventUpcaster upcaster = events -> events.map(event -> {
            throw new StepRefusedException(null, "there is no event before this one");
        });
        EventSteps steps = EventSteps.of(List.of(EventStep.from("thing.seen", 1).raw(upcaster, second())), TYPES);
        Schemas schemas = Schemas.ofThing(NAME, NAME);

        RoundTripReport report = new RoundTrips(steps, schemas, schemas).run(OPTIONS);

        report.requireNoFailures();
        assertThat(report.refusals()).isEqualTo(OPTIONS.payloads());
    }

    @Test
    void steps_may_ask_for_time_and_metadata() {
        Consumer<Changes> derived = changes -> changes.derive("seenBy", event -> event.metadata("user"))
                .derive("seenAt", event -> NODES.stringNode(event.time().toString()));
        String newer =
                """
                {"type": "object", "additionalProperties": false,
                 "properties": {"name": {"type": "string"}, "note": {"type": "string"}, "seenBy": {"type": "string"},
                  "seenAt": {"type": "string", "format": "date-time"}},
                 "required": ["name", "seenBy", "seenAt"]}""";
        Schemas schemas = Schemas.ofThing(NAME, newer);

        new RoundTrips(steps(derived), schemas, schemas)
                .withOrigin(Origin.of(Instant.EPOCH, () -> NODES.objectNode().put("user", "mueller")))
                .run(OPTIONS)
                .requireNoFailures();
    }

    @Test
    void payloads_that_no_history_has_can_be_left_out() {
        Schemas schemas = Schemas.ofThing(NAME, NAME);
        EventSteps steps = steps(changes -> changes.convert("name", lowerCase()));

        new RoundTrips(steps, schemas, schemas)
                .thatOccur(
                        (revision, payload) -> payload.path("name").asString().isEmpty())
                .run(OPTIONS)
                .requireNoFailures();
        assertThatThrownBy(() -> new RoundTrips(steps, schemas, schemas)
                        .thatOccur((revision, payload) -> false)
                        .run(OPTIONS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "At least one of 100 payloads of 'thing.seen@1' must occur but none does; relax what is said to occur, or make the schema say it");
    }

    @Test
    void revisions_without_schema_are_named_before_anything_is_tried() {
        Schemas none = new Schemas(Map.of());

        assertThatThrownBy(() -> new RoundTrips(steps(changes -> {}), none, none).run(OPTIONS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Each revision needs a schema to be tried but there is none of [thing.seen@1, thing.seen@2]; lock one, from a record or from samples");
    }

    @Test
    void at_least_one_payload_is_asked_for() {
        assertThatThrownBy(() -> new RoundTripOptions(0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Number of payloads 0 must be 1 or greater, or nothing is tried; raise it");
    }

    private static Conversion lowerCase() {
        return Conversion.of(
                "to lower case",
                name -> NODES.stringNode(name.asString().toLowerCase(java.util.Locale.ROOT)),
                name -> name);
    }

    private static void requireName(ObjectNode payload) {
        if (payload.path("name").asString().equals("from below")) {
            throw new IllegalStateException("'from below' is no name");
        }
    }

    private static Revision first() {
        return Revision.of("thing.seen", 1);
    }

    private static Revision second() {
        return Revision.of("thing.seen", 2);
    }

    private static EventSteps steps(Consumer<Changes> changes) {
        return EventSteps.of(List.of(EventStep.from("thing.seen", 1).to(2, changes)), TYPES);
    }

    private static RoundTripReport report(Consumer<Changes> changes, Schemas schemas) {
        return new RoundTrips(steps(changes), schemas, schemas).run(OPTIONS);
    }

    /** What the report's error says of the first failure, which must be there. */
    private static String messageOf(Consumer<Changes> changes, Schemas schemas) {
        RoundTripReport report = report(changes, schemas);
        assertThat(report.failures()).isNotEmpty();
        assertThatThrownBy(report::requireNoFailures)
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith(
                        report.summary() + "\n\n" + report.failures().get(0).message());
        return report.failures().get(0).message();
    }
}
