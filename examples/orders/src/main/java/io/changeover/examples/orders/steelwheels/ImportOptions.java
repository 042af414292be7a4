package io.changeover.examples.orders.steelwheels;

/**
 * What to import.
 *
 * @param copies how often, with new keys each time, 1 or greater; about 4,300 events each
 * @param batchSize commands in one transaction, 1 or greater
 */
public record ImportOptions(int copies, int batchSize) {

    /**
     * @throws IllegalArgumentException when one of them is less than 1
     */
    public ImportOptions {
        require("copies", copies);
        require("batch size", batchSize);
    }

    private static void require(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(
                    "Import %s %d must be 1 or greater; correct the configuration".formatted(name, value));
        }
    }
}
