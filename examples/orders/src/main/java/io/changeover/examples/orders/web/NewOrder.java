package io.changeover.examples.orders.web;

import io.changeover.examples.orders.model.Money;
import io.changeover.examples.orders.model.PersonName;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order as a client sends it. Anything may be missing; {@link #problems} says what.
 *
 * @param customerId who orders
 * @param contact person who places the order
 * @param requiredDate day on which the goods must be there
 * @param comment what the customer asks for
 * @param lines what is ordered, numbered from 1 in this order
 */
public record NewOrder(
        @Nullable String customerId,
        @Nullable PersonName contact,
        @Nullable LocalDate requiredDate,
        @Nullable String comment,
        @Nullable List<Line> lines) {

    /**
     * A line of the order.
     *
     * @param productCode what is ordered
     * @param quantity how many
     * @param unitPrice price of one
     */
    public record Line(@Nullable String productCode, @Nullable Integer quantity, @Nullable Money unitPrice) {}

    /** Everything that keeps this from being an order, each with rule and remedy; empty for a good one. */
    List<String> problems(LocalDate today) {
        List<String> problems = new ArrayList<>();
        if (customerId == null || customerId.isBlank()) {
            problems.add("'customerId' must name the customer; add it");
        }
        if (contact == null || contact.display().isBlank()) {
            problems.add("'contact' must have 'givenName' and 'familyName' of who places the order; add them");
        }
        if (requiredDate == null || requiredDate.isBefore(today)) {
            problems.add("'requiredDate' is '%s' but must be %s or later; correct it".formatted(requiredDate, today));
        }
        if (lines == null || lines.isEmpty()) {
            problems.add("'lines' must have at least one line; add it");
        } else {
            for (int i = 0; i < lines.size(); i++) {
                addProblems(lines.get(i), i + 1, problems);
            }
            if (lines.stream()
                            .map(Line::unitPrice)
                            .filter(price -> price != null)
                            .map(Money::currency)
                            .distinct()
                            .count()
                    > 1) {
                problems.add("'lines' must share one currency; convert the prices");
            }
        }
        return problems;
    }

    private static void addProblems(Line line, int number, List<String> problems) {
        if (line.productCode() == null || line.productCode().isBlank()) {
            problems.add("line %d must have a 'productCode'; add it".formatted(number));
        }
        if (line.quantity() == null || line.quantity() < 1) {
            problems.add("line %d has 'quantity' '%s' but it must be 1 or greater; correct it"
                    .formatted(number, line.quantity()));
        }
        if (line.unitPrice() == null || !line.unitPrice().positive()) {
            problems.add("line %d must have a 'unitPrice' with 'minorUnits' greater than 0 and a 'currency'; correct it"
                    .formatted(number));
        }
    }
}
