package io.changeover.app;

import io.changeover.consumer.ObservedDay;
import io.changeover.operation.ConsumerHistory;
import io.changeover.operation.ConsumerOperations;
import io.changeover.operation.ConsumerRead;
import io.changeover.operation.ConsumerStatus;
import io.changeover.operation.OperationRefusedException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** {@code web-shop} reads what it has declared and more, {@code tax} nothing; somebody has not said who it is. */
public final class InMemoryConsumerOperations implements ConsumerOperations {

    private static final Instant AT = Instant.parse("2026-03-10T12:00:00Z");

    private static final List<ConsumerStatus> ALL = List.of(
            new ConsumerStatus(
                    "tax", true, "books", "", List.of("order-board"), List.of(), null, false, false, null, List.of()),
            new ConsumerStatus(
                    "web-shop",
                    true,
                    "sales",
                    "sales@shop.example",
                    List.of("order-board"),
                    List.of("1", "2"),
                    Duration.ofSeconds(30),
                    true,
                    true,
                    AT,
                    List.of(
                            new ConsumerRead("customer-account@1", "", false, 0, 7, AT.minusSeconds(86_400)),
                            new ConsumerRead("order-board@2", "2", true, 1_200, 24_000, AT))),
            new ConsumerStatus(
                    "anonymous",
                    false,
                    "",
                    "",
                    List.of(),
                    List.of(),
                    null,
                    false,
                    false,
                    AT,
                    List.of(new ConsumerRead("order-board@1", "", false, 3, 3, AT))));

    @Override
    public List<ConsumerStatus> consumers(String view) {
        return view == null || view.equals("order-board") ? ALL : List.of();
    }

    @Override
    public ConsumerHistory consumer(String name, String view) {
        ConsumerStatus status = ALL.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new OperationRefusedException("unknown-consumer", "There is no consumer '%s'".formatted(name)));
        return new ConsumerHistory(
                status,
                status.reads().isEmpty()
                        ? List.of()
                        : List.of(new ObservedDay(
                                LocalDate.parse("2026-03-10"), "order-board", 2, "", "serving", 1_200, AT)));
    }
}
