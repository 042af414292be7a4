package io.changeover.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.event.EventType;
import io.changeover.sample.Sample;
import io.changeover.schema.SchemaLock;
import io.changeover.upcast.EventStep;
import io.changeover.upcast.Revision;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SchemaCheckTest {

    enum Method {
        CHECK,
        TRANSFER
    }

    enum FewerMethods {
        CHECK
    }

    @EventType(name = "paid")
    record Paid(String id, int amount, Method method, @Nullable String note) {}

    @EventType(name = "paid")
    record FieldAdded(String id, int amount, Method method, @Nullable String note, String payer) {}

    @EventType(name = "paid")
    record FieldRemoved(String id, Method method, @Nullable String note) {}

    @EventType(name = "paid")
    record TypeChanged(String id, String amount, Method method, @Nullable String note) {}

    @EventType(name = "paid")
    record NoLongerNull(String id, int amount, Method method, String note) {}

    @EventType(name = "paid")
    record ValueGone(String id, int amount, FewerMethods method, @Nullable String note) {}

    @EventType(name = "paid", revision = 2, firstRevision = 2)
    record Paid2(String id, int amount, Method method, @Nullable String note, String payer) {}

    @EventType(name = "paid", revision = 3, firstRevision = 3)
    record Paid3(String id, int cents, Method method, @Nullable String note, String payer) {}

    private record Domain(Compatibility compatibility, List<EventStep> steps, List<Class<?>> events)
            implements EventDomain {

        Domain(Compatibility compatibility, List<EventStep> steps, Class<?> event) {
            this(compatibility, steps, List.of(event));
        }

        @Override
        public String name() {
            return "payments";
        }

        @Override
        public String owner() {
            return "accounting";
        }

        @Override
        public List<Consumer> consumers() {
            return List.of(Consumer.of("dunning", "dunning@example", Revision.of("paid", 1)));
        }
    }

    private static final EventStep UP_ONLY = EventStep.from("paid", 1)
            .to(2, payload -> payload.add("payer", "unknown"))
            .withoutWayDown("the payer is not told to anybody");
    private static final EventStep BOTH_WAYS =
            EventStep.from("paid", 1).to(2, payload -> payload.add("payer", "unknown", "who paid"));

    private static Domain domain(Class<?>... classes) {
        return new Domain(Compatibility.BACKWARD_TRANSITIVE, List.of(), List.of(classes));
    }

    private static SchemaLock locked(Class<?>... classes) {
        SchemaLock lock = SchemaLock.empty("payments");
        for (Class<?> each : classes) {
            lock = SchemaCheck.accept(new Domain(Compatibility.NONE, List.of(), each), lock, List.of(), Set.of());
        }
        return lock;
    }

    private static final String HEAD = "paid@1 (owner: accounting; read by: dunning at revision 1)\n";
    private static final String WITHOUT_REVISION =
            "\n  the event changed without a new revision; give the class revision 2 and declare the step from 'paid@1', or take the change back (if no event was ever stored in it: 'changeover schemas accept --replace paid@1')";

    private static void changed(Class<?> changed, String line) {
        assertThat(SchemaCheck.of(domain(changed), locked(Paid.class)).problems())
                .containsExactly(HEAD + line + WITHOUT_REVISION);
    }

    @Test
    void an_event_that_did_not_change_has_no_problem() {
        assertThat(SchemaCheck.of(domain(Paid.class), locked(Paid.class)).problems())
                .isEmpty();
    }

    @Test
    void each_kind_of_change_without_a_new_revision_is_told_in_words() {
        changed(FieldAdded.class, "    field 'payer' was added (text)");
        changed(FieldRemoved.class, "    field 'amount' was removed");
        changed(TypeChanged.class, "    field 'amount' was a whole number of 32 bits and is text now");
        changed(NoLongerNull.class, "    field 'note' may no longer be null or absent");
        changed(ValueGone.class, "    field 'method' no longer allows 'TRANSFER'");
    }

    @Test
    void a_change_without_a_new_revision_is_not_accepted_unless_nothing_was_stored() {
        SchemaLock lock = locked(Paid.class);

        assertThatThrownBy(() -> SchemaCheck.accept(domain(FieldAdded.class), lock, List.of(), Set.of()))
                .isInstanceOf(SchemaRefusedException.class)
                .hasMessage("The schemas of 'payments' cannot be accepted:\n- " + HEAD
                        + "    field 'payer' was added (text)" + WITHOUT_REVISION);
        SchemaLock replaced =
                SchemaCheck.accept(domain(FieldAdded.class), lock, List.of(), Set.of(Revision.of("paid", 1)));
        assertThat(SchemaCheck.of(domain(FieldAdded.class), replaced).problems())
                .isEmpty();
    }

    @Test
    void a_new_event_and_a_new_revision_wait_to_be_accepted() {
        String head2 = "paid@2 (owner: accounting; read by: dunning at revision 1)\n";
        assertThat(SchemaCheck.of(domain(Paid.class), SchemaLock.empty("payments"))
                        .problems())
                .containsExactly(HEAD + "    is new\n  look at it, then accept it with 'changeover schemas accept'");
        Domain next = new Domain(Compatibility.FULL_TRANSITIVE, List.of(BOTH_WAYS), Paid2.class);
        assertThat(SchemaCheck.of(next, locked(Paid.class)).problems())
                .containsExactly(head2 + "    is new\n  look at it, then accept it with 'changeover schemas accept'");
        SchemaLock accepted = SchemaCheck.accept(next, locked(Paid.class), List.of(), Set.of());
        assertThat(SchemaCheck.of(next, accepted))
                .isEqualTo(new SchemaCheck.Result(List.of(), List.of("'paid@2' told as 'paid@1' loses who paid")));
    }

    @Test
    void a_new_revision_that_cannot_read_the_one_before_breaks_backward_compatibility() {
        assertThat(SchemaCheck.of(domain(Paid2.class), locked(Paid.class, Paid2.class))
                        .problems())
                .containsExactly(
                        """
                        paid@2 (owner: accounting; read by: dunning at revision 1)
                            field 'payer' is required but the written events do not have it
                          today's class cannot read events of 'paid@1', and no step leads up from it, but 'BACKWARD_TRANSITIVE' is declared; declare the step from 'paid@1', or declare a weaker compatibility""");
        assertThat(SchemaCheck.of(
                                new Domain(Compatibility.NONE, List.of(), Paid2.class), locked(Paid.class, Paid2.class))
                        .problems())
                .isEmpty();
    }

    @Test
    void a_new_revision_that_earlier_readers_cannot_read_breaks_forward_compatibility() {
        SchemaLock lock = locked(Paid.class, Paid2.class);
        assertThat(SchemaCheck.of(new Domain(Compatibility.FORWARD, List.of(UP_ONLY), Paid2.class), lock)
                        .problems())
                .containsExactly(
                        """
                        paid@2 (owner: accounting; read by: dunning at revision 1)
                            field 'payer' is not known to the reader, which refuses unknown fields
                          readers of 'paid@1' cannot read today's events, and no step leads down to it, but 'FORWARD' is declared; give the step its way down, or declare a weaker compatibility""");
        assertThat(SchemaCheck.of(new Domain(Compatibility.FULL, List.of(BOTH_WAYS), Paid2.class), lock)
                        .problems())
                .isEmpty();
    }

    @Test
    void transitive_compatibility_looks_at_every_earlier_revision() {
        SchemaLock lock = locked(Paid.class, Paid2.class, Paid3.class);
        EventStep cents = EventStep.from("paid", 2).to(3, payload -> payload.rename("amount", "cents"));

        assertThat(SchemaCheck.of(new Domain(Compatibility.BACKWARD, List.of(cents), Paid3.class), lock)
                        .problems())
                .isEmpty();
        assertThat(SchemaCheck.of(new Domain(Compatibility.BACKWARD_TRANSITIVE, List.of(cents), Paid3.class), lock)
                        .problems())
                .singleElement()
                .asString()
                .contains("today's class cannot read events of 'paid@1'")
                .contains("    field 'cents' is required but the written events do not have it");
    }

    @Test
    void a_revision_that_goes_back_and_an_event_that_is_gone_are_told() {
        assertThat(SchemaCheck.of(domain(Paid.class), locked(Paid.class, Paid2.class))
                        .problems())
                .containsExactly(
                        HEAD
                                + "    went back: the lock has revision 2\n  a revision never goes back; raise it to 2 or more");
        assertThat(SchemaCheck.of(domain(), locked(Paid.class)).problems())
                .containsExactly(
                        HEAD
                                + "    is in the lock, but no class and no step knows it any more\n  events that are stored could not be read; bring the class back, or declare a step that leads on from it or drops it");
    }

    @Test
    void an_earlier_revision_gets_its_schema_from_samples_and_grows_with_them() {
        Domain next = new Domain(Compatibility.FULL_TRANSITIVE, List.of(BOTH_WAYS), Paid2.class);
        assertThat(SchemaCheck.of(next, SchemaLock.empty("payments")).problems())
                .contains(
                        HEAD
                                + "    has a step but no schema in the lock\n  mine samples of it with 'changeover samples mine', look at it, then accept it with 'changeover schemas accept'");
        assertThatThrownBy(() -> SchemaCheck.accept(next, SchemaLock.empty("payments"), List.of(), Set.of()))
                .hasMessage(
                        "The schemas of 'payments' cannot be accepted:\n- " + HEAD
                                + "    has a step but neither a schema in the lock nor a sample to infer it from\n  mine samples with 'changeover samples mine', or write one, then accept again");

        SchemaLock once = SchemaCheck.accept(
                next,
                SchemaLock.empty("payments"),
                List.of(sample("a", "{\"id\":\"1\",\"amount\":5,\"method\":\"CHECK\",\"note\":\"n\"}")),
                Set.of());
        SchemaLock twice = SchemaCheck.accept(
                next,
                once,
                List.of(
                        sample("a", "{\"id\":\"1\",\"amount\":5,\"method\":\"CHECK\",\"note\":\"n\"}"),
                        sample("b", "{\"id\":\"1\",\"amount\":5,\"method\":\"CHECK\",\"note\":null}")),
                Set.of());

        Revision first = Revision.of("paid", 1);
        assertThat(once.entry(first).orElseThrow().origin()).isEqualTo(SchemaLock.Origin.SAMPLES);
        assertThat(once.schema(first).orElseThrow().at("/properties/note/type").toString())
                .isEqualTo("\"string\"");
        assertThat(twice.schema(first).orElseThrow().at("/properties/note/type").toString())
                .isEqualTo("[\"string\",\"null\"]");
        assertThat(SchemaCheck.of(next, twice).problems()).isEmpty();
    }

    private static Sample sample(String label, String payload) {
        return Sample.mined(
                label,
                Revision.of("paid", 1),
                (ObjectNode) JsonMapper.shared().readTree(payload),
                JsonNodeFactory.instance.objectNode());
    }
}
