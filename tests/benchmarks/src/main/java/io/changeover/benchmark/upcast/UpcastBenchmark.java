package io.changeover.benchmark.upcast;

import io.changeover.event.EventSerializer;
import io.changeover.event.EventType;
import io.changeover.event.EventTypes;
import io.changeover.event.StoredEvent;
import io.changeover.upcast.Conversion;
import io.changeover.upcast.Conversions;
import io.changeover.upcast.CurrentEvent;
import io.changeover.upcast.EventReader;
import io.changeover.upcast.EventStep;
import io.changeover.upcast.EventSteps;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** One event of about 180 bytes as its record: parsed alone, through the reader, and through a chain of three steps. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class UpcastBenchmark {

    record Money(long minorUnits, String currency) {}

    record Name(String givenName, String familyName) {}

    @EventType(name = "order.placed", revision = 4)
    record OrderPlaced(
            String orderId,
            String customerId,
            Name contact,
            String orderDate,
            Money total,
            String comment,
            int lines) {}

    private static final String CURRENT =
            """
            {"orderId":"10100","customerId":"363","contact":{"givenName":"Dorothy","familyName":"Young"},"orderDate":"2003-01-06","total":{"minorUnits":1022300,"currency":"USD"},"comment":"Check","lines":4}""";

    private static final String FIRST =
            """
            {"orderId":"10100","customerId":"363","customerName":null,"contact":"Young, Dorothy","orderDate":"2003-01-06","orderTotal":10223.00,"comments":"Check on availability, please.","lines":4}""";

    private static final Conversion NAMES = Conversion.of(
            "text to names",
            text -> {
                String contact = text.stringValue();
                int separator = contact.lastIndexOf(", ");
                return JsonNodeFactory.instance
                        .objectNode()
                        .put("givenName", contact.substring(separator + 2))
                        .put("familyName", contact.substring(0, separator));
            },
            names -> JsonNodeFactory.instance.stringNode(names.path("familyName")
                            .asString() + ", " + names.path("givenName").asString()));

    private final EventTypes types = EventTypes.of(List.of(OrderPlaced.class));
    private final EventSerializer serializer = new EventSerializer(types);
    private final EventReader reader = new EventReader(
            types,
            EventSteps.of(
                    List.of(
                            EventStep.from("order.placed", 1).to(2, payload -> payload.convert("contact", NAMES)),
                            EventStep.from("order.placed", 2).to(3, payload -> payload.convert(
                                            "orderTotal",
                                            Conversions.numberToMoneyRounded("USD", 2, RoundingMode.HALF_UP))
                                    .rename("orderTotal", "total")),
                            EventStep.from("order.placed", 3).to(4, payload -> payload.rename("comments", "comment")
                                    .remove("customerName", JsonNodeFactory.instance.nullNode()))),
                    types),
            serializer.getObjectMapper());
    private final ObjectReader plain = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build()
            .readerFor(OrderPlaced.class);
    private final ObjectReader record = serializer.getObjectMapper().readerFor(OrderPlaced.class);
    private final byte[] currentBytes = CURRENT.getBytes(StandardCharsets.UTF_8);
    private final StoredEvent current = stored("4", CURRENT);
    private final StoredEvent first = stored("1", FIRST);

    private static StoredEvent stored(String revision, String payload) {
        return new StoredEvent(
                1,
                "e",
                "Order",
                "10100",
                0,
                "order.placed",
                revision,
                payload.getBytes(StandardCharsets.UTF_8),
                "{}".getBytes(StandardCharsets.UTF_8),
                Instant.EPOCH);
    }

    /** The reference: bytes of a current payload to its record, with plain Jackson. */
    @Benchmark
    public Object parsed() {
        return plain.readValue(currentBytes);
    }

    /** The same with the mapper that events are read with here. */
    @Benchmark
    public Object parsedHere() {
        return record.readValue(currentBytes);
    }

    /** A current event through the reader. */
    @Benchmark
    public List<CurrentEvent> current() {
        return reader.read(current);
    }

    /** An event three revisions old. */
    @Benchmark
    public List<CurrentEvent> threeSteps() {
        return reader.read(first);
    }

    static int payloadBytes() {
        return FIRST.getBytes(StandardCharsets.UTF_8).length;
    }
}
