package io.changeover.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.event.EventType;
import io.changeover.sample.Sample;
import io.changeover.upcast.Conversion;
import io.changeover.upcast.EventStep;
import io.changeover.upcast.Revision;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Chains with a defect each, and what is said of it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WrongChainsTest {

    @EventType(name = "order.placed", revision = 2)
    record OrderPlaced(String orderId, String day) {}

    @EventType(name = "order.closed", revision = 3)
    record OrderClosed(String orderId) {}

    @EventType(name = "order.lost")
    record OrderLost(String orderId) {}

    @EventType(name = "order.found")
    record OrderFound(String orderId) {}

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final EventStep RIGHT =
            EventStep.from("order.placed", 1).to(2, payload -> payload.rename("date", "day"));

    private record Domain(List<Class<?>> events, List<EventStep> steps) implements EventDomain {

        @Override
        public String name() {
            return "wrong";
        }

        @Override
        public String owner() {
            return "nobody";
        }
    }

    private static List<String> problems(List<Class<?>> events, List<EventStep> steps, Sample... samples) {
        return EventCheck.atBuild(new EventDomains(List.of(new Domain(events, steps))), approved(samples)).stream()
                // Told of the classes of this test's package whatever the chain.
                .filter(problem -> !problem.contains("@Revision") && !problem.contains("means something else"))
                .toList();
    }

    private static List<Sample> approved(Sample... samples) {
        List<Sample> all = new ArrayList<>();
        for (Sample sample : samples) {
            all.add(sample.approvedAs(List.of()));
        }
        return all;
    }

    private static List<String> placed(EventStep step, String... payloads) {
        List<Sample> samples = new ArrayList<>();
        for (String payload : payloads) {
            samples.add(sample(Revision.of("order.placed", 1), "s" + (samples.size() + 1), payload));
        }
        return problems(List.of(OrderPlaced.class), List.of(step), samples.toArray(Sample[]::new));
    }

    private static Sample sample(Revision revision, String label, String payload) {
        return Sample.mined(label, revision, (ObjectNode) JsonMapper.shared().readTree(payload), NODES.objectNode());
    }

    private static EventStep deriving(java.util.function.Function<JsonNode, JsonNode> day) {
        return EventStep.from("order.placed", 1)
                .to(2, payload -> payload.convert("date", Conversion.of("to day", day::apply, node -> node))
                        .rename("date", "day"));
    }

    @Test
    void a_right_chain_has_no_problem() {
        assertThat(placed(RIGHT, "{\"orderId\":\"1\",\"date\":\"2003-01-06\"}")).isEmpty();
    }

    @Test
    void duplicate_sources() {
        assertThat(problems(List.of(OrderPlaced.class), List.of(RIGHT, RIGHT)))
                .containsExactly("two steps leave revision 'order.placed@1' but each revision has one; remove one");
    }

    @Test
    void overlapping_sources() {
        EventStep several = EventStep.from(Revision.none("order.placed"), Revision.of("order.placed", 1))
                .to(2, payload -> {});
        assertThat(problems(List.of(OrderPlaced.class), List.of(RIGHT, several)))
                .containsExactly(
                        "the sources [order.placed@1] and [order.placed without revision, order.placed@1] of two steps overlap at 'order.placed@1' but each revision has one step; name it in one of them",
                        "two steps lead down from revision 'order.placed@2', to 'order.placed@1' and to 'order.placed without revision', but each revision has one way down; declare one of them 'withoutWayDown'");
    }

    @Test
    void a_gap_in_a_chain() {
        assertThat(problems(
                        List.of(OrderClosed.class),
                        List.of(EventStep.from("order.closed", 0).to(1, payload -> {}), to3())))
                .containsExactly(
                        "there is a gap between the step from 'order.closed@0', which leads to 'order.closed@1', and the next one, which leaves 'order.closed@2'; add the step from 'order.closed@1'");
    }

    private static EventStep to3() {
        return EventStep.from("order.closed", 2).to(3, payload -> {});
    }

    @Test
    void a_gap_below_a_class() {
        assertThat(problems(List.of(OrderClosed.class), List.of(to3())))
                .containsExactly(
                        "there is a gap below 'order.closed@3': no step leaves 'order.closed@1', so events stored in it could not be read; add the step, or raise firstRevision of the class if that revision was never stored");
    }

    @Test
    void a_cycle() {
        assertThat(problems(
                        List.of(),
                        List.of(
                                EventStep.from("a", 1).to("b", 1, payload -> {}),
                                EventStep.from("b", 1).to("a", 1, payload -> {}))))
                .containsExactly(
                        "the step from 'a@1' leads back to where it began, so an event would go up for ever; let one of the steps lead to a later revision",
                        "the step from 'b@1' leads back to where it began, so an event would go up for ever; let one of the steps lead to a later revision");
    }

    @Test
    void a_chain_that_does_not_end_at_the_current_revision() {
        assertThat(problems(
                        List.of(OrderPlaced.class),
                        List.of(RIGHT, EventStep.from("order.gone", 1).to("order.placed", 7, payload -> {}))))
                .containsExactly(
                        "the step from 'order.gone@1' leads to 'order.placed@7', which is neither the revision of today's class (2) nor the source of another step; add the missing step or correct the class");
    }

    @Test
    void a_step_without_any_sample() {
        assertThat(placed(RIGHT))
                .containsExactly(
                        "the step from 'order.placed@1' never matched anything: there is no golden sample of 'order.placed@1' or of a revision below it; mine one from the store, or write one");
    }

    @Test
    void a_part_of_a_step_that_never_matches() {
        assertThat(placed(
                        EventStep.from("order.placed", 1)
                                .to(2, payload -> payload.rename("date", "day").rename("comments?", "comment")),
                        "{\"orderId\":\"1\",\"date\":\"2003-01-06\"}"))
                .containsExactly(
                        "the step from 'order.placed@1' has a part that never matched anything in the golden samples: move 'comments' to 'comment'; correct it, or add a sample that it is for");
    }

    @Test
    void a_sample_that_a_step_refuses() {
        assertThat(placed(RIGHT, "{\"orderId\":\"1\"}"))
                .contains(
                        "sample 's1' of 'order.placed@1' cannot be taken up: field 'date' is missing; write 'date?' in the step if some events do not have it; mend the step, or remove the sample if no such event is stored");
    }

    private static final String EACH_TIME =
            "sample 's1' of 'order.placed@1' becomes something else each time it is taken up, so a step from 'order.placed@1' on uses a clock, chance, identity or a state of its own; derive values from payload, metadata and the time of the event alone";

    @Test
    void use_of_a_clock() {
        assertThat(placed(
                        deriving(date -> NODES.stringNode(Instant.now() + "" + System.nanoTime())),
                        "{\"orderId\":\"1\",\"date\":\"2003-01-06\"}"))
                .containsExactly(EACH_TIME);
    }

    @Test
    void use_of_chance() {
        assertThat(placed(
                        deriving(date -> NODES.stringNode(UUID.randomUUID().toString())),
                        "{\"orderId\":\"1\",\"date\":\"2003-01-06\"}"))
                .containsExactly(EACH_TIME);
    }

    @Test
    void use_of_identity() {
        assertThat(placed(
                        deriving(date -> NODES.stringNode(new Object().toString())),
                        "{\"orderId\":\"1\",\"date\":\"2003-01-06\"}"))
                .containsExactly(EACH_TIME);
    }

    private static final String ELSEWHERE =
            "sample 's1' of 'order.placed@1' becomes something else in another time zone or language, so a step from 'order.placed@1' on uses that of the machine; name zone and locale in the step";

    @Test
    void use_of_the_machines_time_zone() {
        assertThat(placed(
                        deriving(date -> NODES.stringNode(LocalDate.parse(date.stringValue())
                                .atStartOfDay(ZoneId.systemDefault())
                                .toInstant()
                                .toString())),
                        "{\"orderId\":\"1\",\"date\":\"2003-01-06\"}"))
                .containsExactly(ELSEWHERE);
    }

    @Test
    @SuppressWarnings("StringCaseLocaleUsage") // the defect itself
    void use_of_the_machines_language() {
        assertThat(placed(
                        deriving(date -> NODES.stringNode(date.stringValue().toUpperCase())),
                        "{\"orderId\":\"1\",\"date\":\"i\"}"))
                .containsExactly(ELSEWHERE);
    }

    @Test
    void order_dependence_by_a_memory() {
        AtomicReference<String> last = new AtomicReference<>("");
        List<String> problems = placed(
                deriving(date -> NODES.stringNode(last.getAndSet(date.stringValue()))),
                "{\"orderId\":\"1\",\"date\":\"a\"}",
                "{\"orderId\":\"2\",\"date\":\"b\"}");

        assertThat(problems)
                .contains(
                        "sample 's2' of 'order.placed@1' becomes something else when the samples are taken up in another order, so a step from 'order.placed@1' on remembers earlier events; use a raw step if it needs them");
    }

    @Test
    void order_dependence_by_overlapping_cases() {
        EventStep split = EventStep.from("order.moved", 1)
                .splitBy("why", cases -> cases.when("lost", "order.lost", 1, payload -> {})
                        .when(
                                "short",
                                why -> why.asString().length() < 5,
                                NODES.stringNode("x"),
                                "order.found",
                                1,
                                payload -> {}));

        assertThat(problems(
                        List.of(OrderLost.class, OrderFound.class),
                        List.of(split),
                        sample(Revision.of("order.moved", 1), "lost", "{\"orderId\":\"1\",\"why\":\"lost\"}"),
                        sample(Revision.of("order.moved", 1), "found", "{\"orderId\":\"1\",\"why\":\"it\"}")))
                .containsExactly(
                        "case 'lost' and case short both fit sample 'lost' of 'order.moved@1', so the order of the cases decides; let one of them exclude the other");
    }

    @Test
    void a_function_that_changes_what_it_is_given() {
        EventStep careless = EventStep.from("order.placed", 1).to(2, payload -> payload.convert(
                        "date",
                        Conversion.of("to text", date -> ((ObjectNode) date).remove("text"), text -> NODES.objectNode()
                                .set("text", text)))
                .rename("date", "day"));

        assertThat(placed(careless, "{\"orderId\":\"1\",\"date\":{\"text\":\"2003-01-06\"}}"))
                .containsExactly(
                        "convert 'date' (to text) changes the value that it is given, seen with sample 's1' of 'order.placed@1'; let it make a new value and leave its input alone");
    }

    @Test
    void an_unapproved_sample_and_one_that_means_something_else() {
        Sample mined = sample(Revision.of("order.placed", 1), "s1", "{\"orderId\":\"1\",\"date\":\"2003-01-06\"}");
        Sample other = sample(Revision.of("order.placed", 1), "s2", "{\"orderId\":\"2\",\"date\":\"2003-01-06\"}")
                .approvedAs(
                        List.of(sample(Revision.of("order.placed", 2), "", "{\"orderId\":\"2\",\"day\":\"2003-01-07\"}")
                                .stored()));
        EventDomains domains = new EventDomains(List.of(new Domain(List.of(OrderPlaced.class), List.of(RIGHT))));

        assertThat(EventCheck.atBuild(domains, List.of(mined, other)))
                .contains(
                        "sample 'order.placed/1/s1.json' has not been approved; look at what it means today with 'changeover samples approve', and commit it",
                        "sample 'order.placed/1/s2.json' means something else than was approved: 'day' was \"2003-01-07\" and is \"2003-01-06\"; mend the step, or approve the change with 'changeover samples approve'");
    }

    @org.axonframework.serialization.Revision("3")
    interface Revised {}

    static final class ThoughtToBeRevised implements Revised {}

    @EventType(name = "order.doubled", revision = 2, firstRevision = 2)
    @org.axonframework.serialization.Revision("7")
    static final class TwiceRevised {}

    @Test
    void a_revision_that_resolves_to_null_and_one_that_is_not_read() {
        assertThat(EventCheck.atBuild(new EventDomains(List.of(new Domain(List.of(), List.of()))), List.of()))
                .containsExactly(
                        "the @Revision(\"3\") of class 'io.changeover.catalog.WrongChainsTest$ThoughtToBeRevised' resolves to null, because Axon does not look for it on interfaces and other annotations; put @EventType, or @Revision, on the class itself",
                        "class 'io.changeover.catalog.WrongChainsTest$TwiceRevised' is 'order.doubled@2' by @EventType but has @Revision(\"7\"); remove Axon's annotation, which is not read");
    }
}
