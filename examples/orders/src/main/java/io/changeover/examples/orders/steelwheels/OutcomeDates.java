package io.changeover.examples.orders.steelwheels;

import io.changeover.examples.orders.steelwheels.SteelWheels.OrderRow;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When things happened to an order. The source has a date for shipping alone and keeps only the last status, so the
 * other dates follow from rules, none later than {@link #END}:
 *
 * <ul>
 *   <li>cancelled: on the required date, which is never before a real shipped date;
 *   <li>put on hold: the day after the order;
 *   <li>resolved: on the day that the comment names ("resolved on 11/1/2003"), else 14 days after the dispute;
 *   <li>disputed, also before it was resolved: 7 days after shipping, at the latest on the day of the settlement.
 * </ul>
 */
final class OutcomeDates {

    static final LocalDate END = LocalDate.of(2005, 6, 30);

    /** Goods that never left carry the instant of the load in 2006 as their shipped date; the last real one is in 2005. */
    private static final int FIRST_YEAR_OF_LOADS = 2006;

    private static final int DAYS_TO_HOLD = 1;
    private static final int DAYS_TO_DISPUTE = 7;
    private static final int DAYS_TO_SETTLE = 14;
    private static final int CENTURY = 2000;
    private static final Pattern DAY =
            Pattern.compile("resolved on (\\d{1,2})/(\\d{1,2})/(?:20)?(\\d{2})\\b", Pattern.CASE_INSENSITIVE);

    private final OrderRow order;

    OutcomeDates(OrderRow order) {
        this.order = order;
    }

    Optional<LocalDate> shipped() {
        LocalDate date = order.shippedDate().toLocalDate();
        return date.getYear() >= FIRST_YEAR_OF_LOADS ? Optional.empty() : Optional.of(date);
    }

    LocalDate cancelled() {
        return atLatest(END, order.requiredDate().toLocalDate());
    }

    LocalDate heldOn() {
        return atLatest(END, order.orderDate().toLocalDate().plusDays(DAYS_TO_HOLD));
    }

    LocalDate disputed() {
        LocalDate usual = atLatest(END, shippedOrRequired().plusDays(DAYS_TO_DISPUTE));
        return settlementInComment().map(settled -> atLatest(settled, usual)).orElse(usual);
    }

    LocalDate resolved() {
        return settlementInComment().orElseGet(() -> atLatest(END, disputed().plusDays(DAYS_TO_SETTLE)));
    }

    private LocalDate shippedOrRequired() {
        return shipped().orElse(order.requiredDate().toLocalDate());
    }

    private Optional<LocalDate> settlementInComment() {
        if (order.comments() == null) {
            return Optional.empty();
        }
        Matcher matcher = DAY.matcher(order.comments());
        return matcher.find()
                ? Optional.of(LocalDate.of(
                        CENTURY + Integer.parseInt(matcher.group(3)),
                        Integer.parseInt(matcher.group(1)),
                        Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    private static LocalDate atLatest(LocalDate end, LocalDate date) {
        return date.isAfter(end) ? end : date;
    }
}
