package io.changeover.simulation;

/**
 * An estimate, which is never one figure.
 *
 * @param low at best
 * @param expected what is most likely
 * @param high at worst
 */
public record Span(double low, double expected, double high) {

    /** @throws IllegalArgumentException when the figures are not in order */
    public Span {
        if (!(low <= expected && expected <= high)) {
            throw new IllegalArgumentException(
                    "A span from %s over %s to %s must rise; give its figures in order".formatted(low, expected, high));
        }
    }

    /** A span that reaches as far below as above, as factors. */
    static Span around(double expected, double factor) {
        return new Span(expected / factor, expected, expected * factor);
    }

    Span times(double factor) {
        return new Span(low * factor, expected * factor, high * factor);
    }

    Span plus(Span other) {
        return new Span(low + other.low, expected + other.expected, high + other.high);
    }

    /** The same, no less than a figure. */
    Span atLeast(double least) {
        return new Span(Math.max(low, least), Math.max(expected, least), Math.max(high, least));
    }
}
