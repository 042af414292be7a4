package io.changeover.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TopicReader;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A service of another team that was compiled when the wholesaler's first release was all there was: it knows events as
 * these records have them, and refuses whatever has a field more or less.
 */
final class Billing {

    private static final String TOPIC = "orders.v1";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    private static final Map<String, Class<?>> KNOWN = Map.of(
            "customer.registered", Registered.class,
            "order.placed", Placed.class,
            "order.line-added", LineAdded.class,
            "payment.received", PaymentReceived.class);

    private Billing() {}

    record Registered(
            String customerId,
            String name,
            String contact,
            String phone,
            String addressLine1,
            @Nullable String addressLine2,
            String city,
            @Nullable String state,
            @Nullable String postalCode,
            String country) {}

    record Placed(
            String orderId,
            String customerId,
            String customerName,
            String contact,
            String orderDate,
            String requiredDate,
            @Nullable String comments) {}

    record LineAdded(
            String orderId,
            String customerId,
            String orderDate,
            int lineNumber,
            String productCode,
            int quantityOrdered,
            BigDecimal priceEach) {}

    record PaymentReceived(
            String paymentId, String customerId, String checkNumber, BigDecimal amount, String paymentDate) {}

    /** Reads the whole topic, and holds what it is to bill against what the store says in any revision. */
    static void assertThatItUnderstands(TestDatabase store) {
        Map<String, Long> counts = new TreeMap<>();
        BigDecimal billed = BigDecimal.ZERO;
        BigDecimal paid = BigDecimal.ZERO;
        for (TopicReader.Read record : TopicReader.all(TOPIC)) {
            String name = String.valueOf(record.headers().get("event-name"));
            assertThat(record.headers().get("event-revision")).isEqualTo("1");
            Object event = JSON.readValue(record.value(), KNOWN.get(name));
            counts.merge(name, 1L, Long::sum);
            if (event instanceof LineAdded line) {
                billed = billed.add(line.priceEach().multiply(BigDecimal.valueOf(line.quantityOrdered())));
            } else if (event instanceof PaymentReceived payment) {
                paid = paid.add(payment.amount());
            }
        }
        assertThat(counts.keySet()).isEqualTo(new TreeMap<>(KNOWN).keySet());
        assertThat(store.value("select count(*) from domain_event_entry where payload_revision = '3'"))
                .as("events that were written in a revision that it does not know")
                .isNotEqualTo("0");
        assertThat(billed)
                .isEqualByComparingTo(
                        store.value(
                                """
                        select sum(case payload_revision
                            when '1' then (p ->> 'quantityOrdered')::numeric * (p ->> 'priceEach')::numeric
                            else (p ->> 'quantity')::numeric * (p -> 'unitPrice' ->> 'minorUnits')::numeric / 100 end)
                        from (select payload_revision, convert_from(payload, 'UTF8')::json as p from domain_event_entry
                              where payload_type = 'order.line-added') lines"""));
        assertThat(paid)
                .isEqualByComparingTo(
                        store.value(
                                """
                        select sum(case payload_revision
                            when '1' then (p ->> 'amount')::numeric
                            else (p -> 'amount' ->> 'minorUnits')::numeric / 100 end)
                        from (select payload_revision, convert_from(payload, 'UTF8')::json as p from domain_event_entry
                              where payload_type = 'payment.received') payments"""));
    }
}
