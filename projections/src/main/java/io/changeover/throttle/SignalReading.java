package io.changeover.throttle;

/**
 * What a signal shows.
 *
 * @param value the measured value in the unit, 0 where there is none
 * @param limit what it may be, or 0 where nothing is limited
 * @param unit unit of both, in a short form for people such as {@code ms}
 * @param load how much of the limit is used up: 0 for nothing, 1 at the limit; not a number while nothing can be said
 *     yet, which changes nothing
 * @param text what was measured, for people; no full sentence
 */
public record SignalReading(double value, double limit, String unit, double load, String text) {

    /** A value that is none at zero. A limit of 0 is no limit. */
    public static SignalReading of(double value, double limit, String unit, String text) {
        return new SignalReading(value, limit, unit, limit > 0 ? value / limit : 0, text);
    }

    /** Nothing that work could harm, such as where nobody writes. */
    public static SignalReading none(double limit, String unit, String text) {
        return new SignalReading(0, limit, unit, 0, text);
    }

    /** A value of which it cannot be said yet what it means. */
    public static SignalReading undecided(double value, double limit, String unit, String text) {
        return new SignalReading(value, limit, unit, Double.NaN, text);
    }
}
