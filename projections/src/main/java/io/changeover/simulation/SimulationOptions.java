package io.changeover.simulation;

/**
 * How a simulation looks at the store.
 *
 * @param sample events that are read, parsed and folded, from {@value #LEAST} to {@value #MOST}
 * @param stretches pieces of history, spread evenly, among which they are divided, 1 or greater
 */
public record SimulationOptions(int sample, int stretches) {

    /** Least sample; fewer events say nothing. */
    public static final int LEAST = 100;

    /** Greatest sample; more are kept in memory at once than a server should be asked for. */
    public static final int MOST = 100_000;

    /** Sample where none is named. */
    public static final int USUAL = 2_000;

    /** @throws IllegalArgumentException when a value is out of bounds */
    public SimulationOptions {
        if (sample < LEAST || sample > MOST || stretches < 1) {
            throw new IllegalArgumentException(
                    "sample is %d and stretches is %d but a sample must be from %d to %d events and be at least 1 stretch; correct it"
                            .formatted(sample, stretches, LEAST, MOST));
        }
    }

    /** So many events in twenty stretches. */
    public static SimulationOptions of(int sample) {
        return new SimulationOptions(sample, 20);
    }
}
