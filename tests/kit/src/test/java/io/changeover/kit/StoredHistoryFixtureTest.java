package io.changeover.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.event.EventTypes;
import io.changeover.kit.parcel.Parcel;
import io.changeover.kit.parcel.Parcel.Deliver;
import io.changeover.kit.parcel.Parcels;
import io.changeover.kit.parcel.Parcels.ParcelDelivered;
import io.changeover.upcast.EventReader;
import io.changeover.upcast.EventStep;
import io.changeover.upcast.EventSteps;
import io.changeover.upcast.Revision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StoredHistoryFixtureTest {

    private final StoredHistoryFixture<Parcel> parcel = new StoredHistoryFixture<>(
            Parcel.class,
            new EventReader(Parcels.TYPES, Parcels.STEPS, JsonMapper.builder().build()));

    @BeforeEach
    void time_stands_still() {
        Supplier<String> time = () -> "now";
        parcel.fixture().registerInjectableResource(time);
    }

    @Test
    void an_aggregate_is_given_its_past_in_any_revision_with_its_metadata() {
        parcel.given("history/sent.json")
                .when(new Deliver("p-1"))
                .expectEvents(new ParcelDelivered("p-1 sent by mueller", "now"));
    }

    @Test
    void an_event_without_revision_is_given_too() {
        parcel.given("/history/sent-without-revision.json")
                .when(new Deliver("p-1"))
                .expectEvents(new ParcelDelivered("p-1 sent by mueller", "now"));
    }

    @Test
    void a_split_event_is_given_as_what_it_is_today() {
        parcel.given("history/sent.json", "history/arrived.json")
                .when(new Deliver("p-1"))
                .expectException(IllegalStateException.class)
                .expectExceptionMessage("delivered already");
    }

    @Test
    void a_dropped_event_is_given_as_nothing() {
        parcel.given("history/sent.json", "history/rolling.json")
                .when(new Deliver("p-1"))
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void files_beside_the_class_path_are_given_as_well() {
        parcel.given(Path.of("src", "test", "resources", "history", "sent.json"))
                .when(new Deliver("p-1"))
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void a_step_that_needs_earlier_events_finds_those_given_before() {
        List<Integer> seen = new ArrayList<>();
        EventUpcaster counting = new EventUpcaster() {
            @Override
            public Stream<IntermediateEventRepresentation> upcast(Stream<IntermediateEventRepresentation> events) {
                List<IntermediateEventRepresentation> all = events.toList();
                seen.add(all.size());
                return all.stream()
                        .map(event -> event.getType().getRevision().equals("3")
                                ? event
                                : event.upcastPayload(
                                        new org.axonframework.serialization.SimpleSerializedType("parcel.sent", "3"),
                                        tools.jackson.databind.JsonNode.class,
                                        payload -> payload));
            }
        };
        EventTypes types = EventTypes.of(List.of(ParcelSentOnly.class));
        EventSteps steps = EventSteps.of(
                List.of(
                        EventStep.from("parcel.sent", 1).raw(counting, Revision.of("parcel.sent", 3)),
                        EventStep.from("parcel.sent", 2).to(3, changes -> {})),
                types);

        StoredHistoryFixture.of(Parcel.class, types, steps).given("history/sent.json", "history/sent.json");

        assertThat(seen).contains(1, 2);
    }

    @io.changeover.event.EventType(name = "parcel.sent", revision = 3)
    record ParcelSentOnly(String parcelId, String to, double price, List<String> sizes) {}

    @Test
    void every_bad_file_is_named_with_what_to_do() {
        assertThatThrownBy(() -> parcel.given(
                        "history/missing.json",
                        "history/broken.json",
                        "history/list.json",
                        "history/without-event.json",
                        "history/without-revision.json",
                        "history/revision-as-number.json",
                        "history/payload-as-text.json",
                        "history/metadata-as-list.json",
                        "history/time-as-word.json",
                        "history/unknown-event.json",
                        "history/stolen.json"))
                .isInstanceOfSatisfying(InvalidStoredHistoryException.class, e -> assertThat(e.problems())
                        .hasSize(11))
                .hasMessage(
                        """
                        The stored history cannot be given:
                          - file 'history/missing.json' must exist and be readable but is not; correct its name
                          - file 'history/broken.json' must be JSON but is not (Unexpected end-of-input within/between Object entries); correct it
                          - file 'history/list.json' must hold a JSON object such as {"event": "order.placed", "revision": "1", "metadata": {}, "payload": {}}; write it so
                          - file 'history/without-event.json' has nothing as 'event' but must have a text; write it as in {"event": "order.placed", "revision": "1", "metadata": {}, "payload": {}}
                          - file 'history/without-revision.json' has nothing as 'revision' but must have a text, or null for an event that was stored without one; write it as in {"event": "order.placed", "revision": "1", "metadata": {}, "payload": {}}
                          - file 'history/revision-as-number.json' has 1 as 'revision' but must have a text, or null for an event that was stored without one; write it as in {"event": "order.placed", "revision": "1", "metadata": {}, "payload": {}}
                          - file 'history/payload-as-text.json' has "text" as 'payload' but must have an object; write it as in {"event": "order.placed", "revision": "1", "metadata": {}, "payload": {}}
                          - file 'history/metadata-as-list.json' has [] as 'metadata' but must have an object; write it as in {"event": "order.placed", "revision": "1", "metadata": {}, "payload": {}}
                          - file 'history/time-as-word.json' has "yesterday" as 'time' but must have an instant such as '2003-01-06T09:00:00Z'; correct or remove it
                          - file 'history/unknown-event.json' holds 'parcel.status' but no class and no step knows an event of this name; correct the name or add the class
                          - file 'history/stolen.json' must hold an event that can be read today: Event history/stolen.json at position 2 (parcel.status-changed@1) cannot be read as today's class: field 'status': 'stolen' must be one of [arrived, gone, rolling], the entries of table 'parcel status' version 1; make the next version of the table and a step that uses it; add or mend its step, then retry""");
    }
}
