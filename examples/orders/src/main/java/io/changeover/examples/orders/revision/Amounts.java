package io.changeover.examples.orders.revision;

import io.changeover.examples.orders.model.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Amounts: floating point numbers in release 1, minor units with a currency since release 2. Release 1 sold for dollars
 * alone, so up is exact but for binary noise, which is rounded to the cent; down refuses any other currency, because
 * release 1 would take euros for dollars.
 */
final class Amounts {

    static final String CURRENCY_OF_RELEASE_1 = "USD";

    private static final int CENT_DIGITS = 2;

    private Amounts() {}

    static void toMinorUnits(ObjectNode payload, String from, String to) {
        BigDecimal amount = payload.required(from).decimalValue().setScale(CENT_DIGITS, RoundingMode.HALF_UP);
        payload.remove(from);
        Money money = Money.of(amount, CURRENCY_OF_RELEASE_1);
        payload.putObject(to).put("minorUnits", money.minorUnits()).put("currency", money.currency());
    }

    static void toFloatingPoint(ObjectNode payload, String from, String to) {
        ObjectNode amount = Fields.object(payload, from);
        requireCurrencyOfRelease1(amount.required("currency").asString());
        double value = BigDecimal.valueOf(amount.required("minorUnits").asLong(), CENT_DIGITS)
                .doubleValue();
        payload.remove(from);
        payload.put(to, value);
    }

    static void requireCurrencyOfRelease1(String currency) {
        if (!currency.equals(CURRENCY_OF_RELEASE_1)) {
            throw new IllegalArgumentException(
                    "currency '%s' cannot be told to release 1, which took every amount for %s; its readers must move to release 2 first"
                            .formatted(currency, CURRENCY_OF_RELEASE_1));
        }
    }
}
