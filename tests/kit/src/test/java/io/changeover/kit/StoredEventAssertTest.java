package io.changeover.kit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.kit.parcel.Parcels;
import io.changeover.kit.parcel.Parcels.ParcelDelivered;
import io.changeover.kit.parcel.Parcels.ParcelSent;
import io.changeover.kit.parcel.Parcels.Price;
import io.changeover.upcast.Revision;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StoredEventAssertTest {

    private static final String SENT =
            """
            {"parcelId": "p-1", "to": "Ada", "price": 4.5, "sizes": ["S"]}""";
    private static final String STATUS =
            """
            {"parcelId": "p-1", "status": "%s", "at": "2003-01-06T09:00:00Z"}""";

    private final StoredEvents stored = StoredEvents.of(Parcels.TYPES, Parcels.STEPS, Parcels.SCHEMAS);

    @Test
    void a_stored_event_says_the_same_in_every_revision() {
        stored.event("parcel.sent", 1, SENT)
                .isAcceptedBySchema()
                .readsAs(sent())
                .comesDownTo(
                        "parcel.sent",
                        2,
                        """
                        {"parcelId": "p-1", "recipient": "Ada", "price": {"minorUnits": 450, "currency": "EUR"}, "sizes": ["S"]}""")
                .comesDownTo("parcel.sent", 1, SENT.replace("4.5", "4.50"));
        stored.event(Revision.none("parcel.sent"), SENT).readsAs(sent());
        stored.event("parcel.status-changed", 1, STATUS.formatted("arrived"))
                .isAcceptedBySchema()
                .readsAs(new ParcelDelivered("p-1", "2003-01-06T09:00:00Z"))
                .comesDownTo("parcel.status-changed", 1, STATUS.formatted("arrived"));
        stored.event("parcel.status-changed", 1, STATUS.formatted("rolling")).readsAs();
    }

    @Test
    void another_object_is_told_with_both_as_json() {
        assertThatThrownBy(() -> stored.event("parcel.status-changed", 1, STATUS.formatted("arrived"))
                        .readsAs(new ParcelDelivered("p-2", "2003-01-06T09:00:00Z")))
                .isInstanceOf(AssertionError.class)
                .hasMessage(
                        """

                        Expecting event 'parcel.status-changed@1'
                        to be read as
                        ParcelDelivered {
                          "parcelId" : "p-2",
                          "at" : "2003-01-06T09:00:00Z"
                        }
                        but it was read as
                        ParcelDelivered {
                          "parcelId" : "p-1",
                          "at" : "2003-01-06T09:00:00Z"
                        }""");
    }

    @Test
    void a_dropped_event_is_told_as_none() {
        assertThatThrownBy(() -> stored.event("parcel.status-changed", 1, STATUS.formatted("rolling"))
                        .readsAs(new ParcelDelivered("p-1", "2003-01-06T09:00:00Z")))
                .isInstanceOf(AssertionError.class)
                .hasMessage(
                        """

                        Expecting event 'parcel.status-changed@1'
                        to be read as
                        ParcelDelivered {
                          "parcelId" : "p-1",
                          "at" : "2003-01-06T09:00:00Z"
                        }
                        but it was read as
                        no event""");
    }

    @Test
    void another_payload_of_an_earlier_revision_is_told_with_both() {
        assertThatThrownBy(
                        () -> stored.event("parcel.sent", 1, SENT).comesDownTo("parcel.sent", 1, "{\"to\": \"Bob\"}"))
                .isInstanceOf(AssertionError.class)
                .hasMessage(
                        """

                        Expecting event 'parcel.sent@1'
                        to come down to 'parcel.sent@1' as
                        {
                          "to" : "Bob"
                        }
                        but it came down as
                        {
                          "parcelId" : "p-1",
                          "price" : 4.5,
                          "sizes" : [ "S" ],
                          "to" : "Ada"
                        }""");
    }

    @Test
    void a_revision_to_which_nothing_leads_is_told() {
        assertThatThrownBy(() -> stored.event("parcel.sent", 1, SENT).comesDownTo("parcel.lost", 1, "{}"))
                .isInstanceOf(AssertionError.class)
                .hasMessage(
                        """

                        Expecting event 'parcel.sent@1'
                        to come down to 'parcel.lost@1'
                        but it is [parcel.sent@3] today, from where no way leads down there; declare one""");
    }

    @Test
    void what_the_schemas_do_not_accept_is_told() {
        assertThatThrownBy(() -> stored.event("parcel.sent", 1, SENT.replace("\"Ada\"", "5"))
                        .isAcceptedBySchema())
                .isInstanceOf(AssertionError.class)
                .hasMessage(
                        """

                        Expecting event 'parcel.sent@1'
                        to be accepted by the schemas but
                          - 'parcel.sent@1': payload.to is 5 but must be of type "string"
                          - 'parcel.sent@3': payload.recipient is 5 but must be of type "string"
                        of
                        {
                          "parcelId" : "p-1",
                          "to" : 5,
                          "price" : 4.5,
                          "sizes" : [ "S" ]
                        }""");
    }

    @Test
    void json_that_is_none_is_told_as_a_fault_of_the_test() {
        assertThatThrownBy(() -> stored.event("parcel.sent", 1, "[1]"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'[1]' must be a JSON object; correct the test");
        assertThatThrownBy(() -> stored.event("parcel.sent", 1, "nothing"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'nothing' must be a JSON object but is no JSON: ")
                .hasMessageEndingWith("; correct the test");
    }

    private static ParcelSent sent() {
        return new ParcelSent("p-1", "Ada", new Price(450, "EUR"), null, List.of("SMALL"), false);
    }
}
