package io.changeover.benchmark.replay.store;

import io.changeover.event.EventType;
import io.changeover.event.StoredEvent;
import io.changeover.examples.orders.dispatch.Release;
import io.changeover.examples.orders.event.CustomerContactChanged;
import io.changeover.examples.orders.event.CustomerRegistered;
import io.changeover.upcast.EventReader;
import io.changeover.upcast.EventTree;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/** One copy of the example's history, from which stores of any size are made. */
public final class Template {

    private static final String QUERY =
            """
            select global_index, event_identifier, type, aggregate_identifier, sequence_number, payload_type,
                payload_revision, payload, meta_data, time_stamp
            from public.domain_event_entry where type in ('Customer', 'Order', 'Payment') order by global_index
            """;

    private static final List<String> KEYS = List.of("orderId", "customerId", "paymentId");

    private final ObjectMapper json = OrdersEvents.serializer().getObjectMapper();
    private final EventReader reader = new EventReader(OrdersEvents.TYPES, OrdersEvents.STEPS, json);
    private final Map<String, CustomerHistory> customers = new LinkedHashMap<>();
    private int lines;
    private int events;

    private Template() {}

    /** Reads the events of a database into which one copy of the example was imported. */
    public static Template read(Database database) {
        List<StoredEvent> events = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(QUERY)) {
            while (rows.next()) {
                events.add(new StoredEvent(
                        rows.getLong(1),
                        rows.getString(2),
                        rows.getString(3),
                        rows.getString(4),
                        rows.getLong(5),
                        rows.getString(6),
                        rows.getString(7),
                        rows.getBytes(8),
                        rows.getBytes(9),
                        Instant.parse(rows.getString(10))));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
        return of(events);
    }

    /** Takes the events of some customers for the copy, each customer's registration first. */
    static Template of(List<StoredEvent> events) {
        Template template = new Template();
        events.forEach(template::add);
        return template;
    }

    private void add(StoredEvent stored) {
        Object payload = reader.read(stored).get(0).payload();
        TemplateEvent event =
                event(Objects.requireNonNull(stored.aggregateType()), stored.aggregateId(), stored.sequence(), payload);
        String customer = json.valueToTree(payload).required("customerId").asString();
        if (payload instanceof CustomerRegistered registered) {
            customers.put(customer, new CustomerHistory(new ArrayList<>(), contactChange(registered)));
        }
        Objects.requireNonNull(customers.get(customer)).events().add(event);
        events++;
        if (event.current().name().equals("order.line-added")) {
            lines++;
        }
    }

    private TemplateEvent contactChange(CustomerRegistered registered) {
        return event(
                "Customer",
                registered.customerId(),
                -1,
                new CustomerContactChanged(
                        registered.customerId(), registered.contact(), registered.phone() + " ext. 1"));
    }

    private TemplateEvent event(String aggregateType, String aggregateId, long sequence, Object payload) {
        EventType type = Objects.requireNonNull(OrdersEvents.TYPES.typeOf(payload.getClass()));
        EventTree current = current(type, payload);
        Map<String, Form> old = new LinkedHashMap<>();
        for (Release release : List.of(Release.ONE, Release.TWO)) {
            EventTree then = OrdersEvents.STEPS.down(current(type, payload), release::writes);
            if (!then.name().equals(current.name()) || !Objects.equals(then.revision(), current.revision())) {
                old.put(then.name() + " " + then.revision(), form(then, release));
            }
        }
        return new TemplateEvent(
                aggregateType, aggregateId, sequence, form(current, Release.current()), List.copyOf(old.values()));
    }

    /** New each time, because a step changes the tree that it is given. */
    private EventTree current(EventType type, Object payload) {
        return new EventTree(type.name(), Integer.toString(type.revision()), json.valueToTree(payload));
    }

    private Form form(EventTree event, Release release) {
        ObjectNode payload = event.payload().deepCopy();
        for (String key : KEYS) {
            if (payload.has(key)) {
                payload.put(key, Form.marked(payload.required(key).asString()));
            }
        }
        return Form.of(
                event.name(),
                Objects.requireNonNull(event.revision()),
                "{\"release\":\"%s\"}".formatted(release),
                json.writeValueAsString(payload));
    }

    /** The histories, in the order in which customers appear. */
    List<CustomerHistory> customers() {
        return List.copyOf(customers.values());
    }

    /** Events in one copy. */
    public int events() {
        return events;
    }

    /** Order lines among them. */
    public int lines() {
        return lines;
    }
}
