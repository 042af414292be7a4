package io.changeover.benchmark.soak;

/**
 * How long is written and compared, and how much.
 *
 * @param millis time in which comparisons run, half of it with two right versions alone
 * @param rate events a second, at most, of all writers together
 * @param writers writers, each with a connection of its own
 * @param rows invoices that are there at the start
 * @param seed decides what is written
 */
record SoakOptions(long millis, int rate, int writers, long rows, long seed) {

    /** Above it this would be no bounded rate any more on a small machine. */
    private static final int HIGHEST_RATE = 5_000;

    private static final long LONGEST_MILLIS = 24 * 60 * 60 * 1_000L;
    private static final long FEWEST_ROWS = 1_000;

    /** @throws IllegalArgumentException when a number is out of its bounds */
    SoakOptions {
        requireBetween("millis", millis, 1, LONGEST_MILLIS);
        requireBetween("rate", rate, 1, HIGHEST_RATE);
        requireBetween("writers", writers, 1, 16);
        requireBetween("rows", rows, FEWEST_ROWS, 100_000_000);
    }

    private static void requireBetween(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "%s is %d but must be from %d to %d; give one in between".formatted(name, value, least, most));
        }
    }
}
