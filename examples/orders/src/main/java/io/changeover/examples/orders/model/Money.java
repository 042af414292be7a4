package io.changeover.examples.orders.model;

import java.math.BigDecimal;
import java.util.Currency;

/**
 * An amount of money. Never a floating point number: those were the amounts of release 1.
 *
 * @param minorUnits amount in the smallest unit of the currency, such as cents; may be negative
 * @param currency ISO 4217 code, such as {@code USD}
 */
public record Money(long minorUnits, String currency) {

    /**
     * @throws IllegalArgumentException when the currency is not an ISO 4217 code
     */
    public Money {
        fractionDigits(currency);
    }

    /**
     * The amount as money.
     *
     * @throws ArithmeticException when the amount is finer than the minor unit of its currency
     */
    public static Money of(BigDecimal amount, String currency) {
        return new Money(amount.movePointRight(fractionDigits(currency)).longValueExact(), currency);
    }

    /** Nothing, in the given currency. */
    public static Money zero(String currency) {
        return new Money(0, currency);
    }

    /** The amount in units of the currency, with exactly its number of fraction digits. */
    public BigDecimal amount() {
        return BigDecimal.valueOf(minorUnits, fractionDigits(currency));
    }

    /**
     * The sum.
     *
     * @throws IllegalArgumentException when the currencies differ; there is no rate of exchange here
     */
    public Money plus(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException(
                    "%s and %s cannot be added; convert one to the other's currency first".formatted(this, other));
        }
        return new Money(Math.addExact(minorUnits, other.minorUnits), currency);
    }

    /** This amount as often as given. */
    public Money times(int quantity) {
        return new Money(Math.multiplyExact(minorUnits, (long) quantity), currency);
    }

    /** Whether this is more than nothing. */
    public boolean positive() {
        return minorUnits > 0;
    }

    private static int fractionDigits(String currency) {
        try {
            return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "Currency '%s' must be an ISO 4217 code such as 'USD'; correct it".formatted(currency), e);
        }
    }

    @Override
    public String toString() {
        return amount().toPlainString() + " " + currency;
    }
}
