package io.changeover.explain;

/**
 * How a row is explained.
 *
 * @param maxEvents events that are told, 100 or greater; of more, the first, the last and those around partings are kept
 */
public record ExplainOptions(int maxEvents) {

    private static final int LEAST = 100;

    /** @throws IllegalArgumentException when the number is below 100 */
    public ExplainOptions {
        if (maxEvents < LEAST) {
            throw new IllegalArgumentException(
                    "maxEvents is %d but must be %d or greater; give a greater one".formatted(maxEvents, LEAST));
        }
    }

    /** 1,000 events. */
    public static ExplainOptions defaults() {
        return new ExplainOptions(1_000);
    }
}
