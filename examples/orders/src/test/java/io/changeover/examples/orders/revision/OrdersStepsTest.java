package io.changeover.examples.orders.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.examples.orders.OrdersStore;
import io.changeover.upcast.EventTree;
import io.changeover.upcast.Revision;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OrdersStepsTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Schmitt, Carine|Carine|Schmitt",
                "de Castro, Lino |Lino|de Castro",
                "Altagar,G M, Raanan|Raanan|Altagar,G M",
                "Kee, Wing C|Wing C|Kee",
                "O'Hara, Anna|Anna|O'Hara"
            })
    void a_contact_parts_at_its_last_separator_and_comes_back_whole(String contact, String given, String family) {
        ObjectNode changed = contactChanged(contact);
        ObjectNode original = changed.deepCopy();

        EventTree up = up("customer.contact-changed", changed).get(0);

        assertThat(up.payload().at("/contact/givenName").asString()).isEqualTo(given);
        assertThat(up.payload().at("/contact/familyName").asString()).isEqualTo(family);
        assertThat(downToFirst(up).payload()).isEqualTo(original);
    }

    @Test
    void a_contact_without_separator_is_a_family_name() {
        EventTree up =
                up("customer.contact-changed", contactChanged("Reception")).get(0);

        assertThat(up.payload().at("/contact/givenName").asString()).isEmpty();
        assertThat(up.payload().at("/contact/familyName").asString()).isEqualTo("Reception");
    }

    @Test
    void binary_noise_is_rounded_to_the_cent() {
        ObjectNode limit = JSON.createObjectNode().put("customerId", "1").put("creditLimit", 0.1 + 0.2);

        assertThat(up("customer.credit-limit-set", limit)
                        .get(0)
                        .payload()
                        .at("/limit/minorUnits")
                        .asLong())
                .isEqualTo(30);
    }

    @Test
    void euros_are_not_told_to_a_release_that_knew_dollars_alone() {
        ObjectNode limit = JSON.createObjectNode().put("customerId", "1");
        limit.putObject("limit").put("minorUnits", 100).put("currency", "EUR");

        assertThatThrownBy(() -> downToFirst(new EventTree("customer.credit-limit-set", "2", limit)))
                .hasMessage(
                        "field 'creditLimit': currency 'EUR' cannot be told to readers of the earlier revision, who take every amount for USD; move them to the later revision first");
    }

    @ParameterizedTest
    @CsvSource({
        "Shipped, order.shipped",
        "' on hold ', order.put-on-hold",
        "DISPUTED, order.disputed",
        "Resolved, order.resolved",
        "cancelled, order.cancelled"
    })
    void a_change_of_status_becomes_the_event_of_that_status(String status, String name) {
        assertThat(up("order.status-changed", statusChanged(status)))
                .extracting(EventTree::name)
                .containsExactly(name);
    }

    @Test
    void a_change_to_in_process_says_nothing_that_the_placing_did_not_say() {
        assertThat(up("order.status-changed", statusChanged("In Process"))).isEmpty();
    }

    @Test
    void an_unknown_status_is_refused_with_the_known_ones() {
        assertThatThrownBy(() -> up("order.status-changed", statusChanged("Lost")))
                .hasMessage(
                        "field 'status': 'Lost' must be one of [In Process, On Hold, Shipped, Disputed, Resolved, Cancelled] in any case; extend the step if release 1 wrote another");
    }

    @Test
    void a_transfer_looks_like_a_check_to_the_releases_before_it() {
        ObjectNode payment = JSON.createObjectNode()
                .put("paymentId", "p")
                .put("customerId", "1")
                .put("method", "TRANSFER")
                .put("reference", "t-1")
                .put("receivedOn", "2005-01-01");
        payment.putObject("amount").put("minorUnits", 100).put("currency", "USD");

        EventTree first = downToFirst(new EventTree("payment.received", "3", payment));

        assertThat(first.payload().required("checkNumber").asString()).isEqualTo("t-1");
        assertThat(OrdersStore.STEPS
                        .up(first)
                        .get(0)
                        .payload()
                        .required("method")
                        .asString())
                .isEqualTo("CHECK");
    }

    private static ObjectNode contactChanged(String contact) {
        return JSON.createObjectNode()
                .put("customerId", "1")
                .put("contact", contact)
                .put("phone", "1");
    }

    private static ObjectNode statusChanged(String status) {
        return JSON.createObjectNode()
                .put("orderId", "1")
                .put("customerId", "1")
                .put("status", status)
                .put("date", "2003-01-10")
                .put("comments", "none")
                .put("orderTotal", 10.5);
    }

    private static List<EventTree> up(String name, ObjectNode payload) {
        return OrdersStore.STEPS.up(new EventTree(name, "1", payload));
    }

    private static EventTree downToFirst(EventTree event) {
        return OrdersStore.STEPS.down(event, Revision.of(event.name(), 1)::equals);
    }
}
