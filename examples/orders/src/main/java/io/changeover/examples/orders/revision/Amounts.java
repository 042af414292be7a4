package io.changeover.examples.orders.revision;

import io.changeover.upcast.Conversion;
import io.changeover.upcast.Conversions;
import java.math.RoundingMode;

/**
 * Amounts: floating point numbers in release 1, minor units with a currency since release 2. Release 1 sold for dollars
 * alone, so up is exact but for binary noise, which is rounded to the cent; down refuses any other currency, because
 * release 1 would take euros for dollars.
 */
final class Amounts {

    static final String CURRENCY_OF_RELEASE_1 = "USD";

    static final Conversion MONEY = Conversions.numberToMoneyRounded(CURRENCY_OF_RELEASE_1, 2, RoundingMode.HALF_UP);

    private Amounts() {}
}
