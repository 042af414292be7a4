package io.changeover.benchmark.serving.shift;

import java.util.Map;

/**
 * How decisions are measured.
 *
 * @param decisions shifts and rollbacks that are commanded, 4 or more
 * @param readers threads of each node that read, 1 or more
 * @param rate reads a second of each thread, 1 or more
 * @param rows invoices that are there, 1 or more
 * @param seed decides who reads what and when decisions are commanded
 * @param heap largest heap of each process, as in {@code -Xmx}
 * @param settings properties of the application
 */
public record ShiftOptions(
        int decisions, int readers, int rate, long rows, long seed, String heap, Map<String, String> settings) {

    /** @throws IllegalArgumentException when a number is too small */
    public ShiftOptions {
        settings = Map.copyOf(settings);
        require("decisions", decisions, 4);
        require("readers", readers, 1);
        require("rate", rate, 1);
        require("rows", rows, 1);
    }

    private static void require(String name, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(
                    "%s is %d but must be %d or greater; raise it".formatted(name, value, least));
        }
    }
}
