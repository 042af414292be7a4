package io.changeover.examples.orders.web;

import io.changeover.apiversion.Presents;
import io.changeover.examples.orders.account.CustomerAccount;
import io.changeover.examples.orders.account.CustomerAccountEntry;
import io.changeover.examples.orders.board.OrderBoard;
import io.changeover.examples.orders.board.OrderBoardEntry;
import io.changeover.examples.orders.dispatch.CommandBatches;
import io.changeover.examples.orders.model.CommandRefusedException;
import io.changeover.examples.orders.model.OrderStatus;
import io.changeover.examples.orders.order.AddOrderLine;
import io.changeover.examples.orders.order.PlaceOrder;
import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The office's window: orders, accounts, and new orders, in two versions that differ in how an order looks. Errors are
 * problem details of RFC 9457.
 */
@RestController
public class OrderBoardController {

    private static final int MAX_LIMIT = 1_000;

    private final OrderBoard board;
    private final CustomerAccount accounts;
    private final CommandBatches commands;
    private final Clock clock;
    private final Supplier<String> orderIds;

    /** Answers from the given views and places orders under identifiers of the given supplier. */
    public OrderBoardController(
            OrderBoard board,
            CustomerAccount accounts,
            CommandBatches commands,
            Clock clock,
            Supplier<String> orderIds) {
        this.board = board;
        this.accounts = accounts;
        this.commands = commands;
        this.clock = clock;
        this.orderIds = orderIds;
    }

    @GetMapping(path = "/orders/{orderId}", version = "1")
    @Presents(view = "order-board", version = 1)
    OrderBoardEntry order(@PathVariable String orderId) {
        return find(orderId);
    }

    @GetMapping(path = "/orders/{orderId}", version = "2")
    @Presents(view = "order-board", version = 2)
    PresentedOrder presentedOrder(@PathVariable String orderId) {
        return PresentedOrder.of(find(orderId));
    }

    private OrderBoardEntry find(String orderId) {
        return board.byId(orderId)
                .orElseThrow(() -> new RequestProblem(
                        HttpStatus.NOT_FOUND,
                        "There is no order '%s' on the board; check the identifier, or ask again when it was placed just now"
                                .formatted(orderId)));
    }

    @GetMapping(path = "/orders", version = "1")
    @Presents(view = "order-board", version = 1)
    List<OrderBoardEntry> orders(
            @RequestParam(required = false) @Nullable String status, @RequestParam(defaultValue = "50") String limit) {
        return list(status, limit);
    }

    @GetMapping(path = "/orders", version = "2")
    @Presents(view = "order-board", version = 2)
    List<PresentedOrder> presentedOrders(
            @RequestParam(required = false) @Nullable String status, @RequestParam(defaultValue = "50") String limit) {
        return list(status, limit).stream().map(PresentedOrder::of).toList();
    }

    private List<OrderBoardEntry> list(@Nullable String status, String limit) {
        int number = limit(limit);
        return status == null ? board.recent(number) : board.byStatus(status(status), number);
    }

    @GetMapping(path = "/customers/{customerId}/account", version = "1+")
    CustomerAccountEntry account(@PathVariable String customerId) {
        return accounts.byId(customerId).orElseThrow(() -> noCustomer(HttpStatus.NOT_FOUND, customerId));
    }

    @PostMapping(path = "/orders", version = "1+")
    ResponseEntity<Map<String, String>> place(@RequestBody NewOrder order) {
        LocalDate today = LocalDate.now(clock);
        List<String> problems = order.problems(today);
        if (!problems.isEmpty()) {
            throw new RequestProblem(
                    HttpStatus.BAD_REQUEST, "The order cannot be placed: " + String.join(". ", problems));
        }
        String orderId = orderIds.get();
        commands.sendTogether(commands(orderId, order, today));
        return ResponseEntity.created(URI.create("/orders/" + orderId)).body(Map.of("orderId", orderId));
    }

    private List<Object> commands(String orderId, NewOrder order, LocalDate today) {
        String customerId = Objects.requireNonNull(order.customerId());
        CustomerAccountEntry customer =
                accounts.byId(customerId).orElseThrow(() -> noCustomer(HttpStatus.BAD_REQUEST, customerId));
        List<NewOrder.Line> lines = Objects.requireNonNull(order.lines());
        String currency = Objects.requireNonNull(lines.get(0).unitPrice()).currency();
        List<Object> all = new ArrayList<>();
        all.add(new PlaceOrder(
                orderId,
                customerId,
                customer.customerName(),
                Objects.requireNonNull(order.contact()),
                today,
                Objects.requireNonNull(order.requiredDate()),
                currency,
                order.comment()));
        for (int i = 0; i < lines.size(); i++) {
            NewOrder.Line line = lines.get(i);
            all.add(new AddOrderLine(
                    orderId,
                    i + 1,
                    Objects.requireNonNull(line.productCode()),
                    Objects.requireNonNull(line.quantity()),
                    Objects.requireNonNull(line.unitPrice())));
        }
        return all;
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> problem(RequestProblem problem) {
        return answer(problem.status, problem.getMessage());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(CommandRefusedException refusal) {
        return answer(HttpStatus.CONFLICT, refusal.getMessage());
    }

    private static ResponseEntity<ProblemDetail> answer(HttpStatus status, @Nullable String detail) {
        return ResponseEntity.of(ProblemDetail.forStatusAndDetail(status, String.valueOf(detail)))
                .build();
    }

    private static OrderStatus status(String text) {
        return OrderStatus.ofLabel(text.replace('_', ' ').replace('-', ' '))
                .orElseThrow(() -> new RequestProblem(
                        HttpStatus.BAD_REQUEST,
                        "Status '%s' must be one of %s; correct 'status'"
                                .formatted(
                                        text,
                                        String.join(
                                                ", ",
                                                Arrays.stream(OrderStatus.values())
                                                        .map(status ->
                                                                status.name().toLowerCase(Locale.ROOT))
                                                        .toList()))));
    }

    private static int limit(String text) {
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Not a number is out of range too.
        }
        throw new RequestProblem(
                HttpStatus.BAD_REQUEST,
                "Limit '%s' must be a whole number from 1 to %d; correct 'limit'".formatted(text, MAX_LIMIT));
    }

    private static RequestProblem noCustomer(HttpStatus status, String customerId) {
        return new RequestProblem(
                status,
                "There is no customer '%s'; register the customer or correct the identifier".formatted(customerId));
    }

    private static final class RequestProblem extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final HttpStatus status;

        RequestProblem(HttpStatus status, String detail) {
            super(detail);
            this.status = status;
        }
    }
}
