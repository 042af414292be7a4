package io.changeover.simulation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a change of folds concerns.
 *
 * @param version written form of the version
 * @param kind how much of it
 * @param reasons what has changed, in words; empty for nothing
 * @param events names of the events whose folds have changed
 * @param homes homes that are concerned
 * @param allHomes homes that the version has
 * @param ways what can be done about it, the cheapest that is proven enough first; empty for nothing
 */
public record Impact(
        String version,
        Kind kind,
        List<String> reasons,
        List<String> events,
        long homes,
        long allHomes,
        List<Way> ways) {

    /** How much a change concerns. */
    public enum Kind {
        /** The rows are those that these folds make. */
        NOTHING,
        /** The rows are, but for columns that have come; those hold what they hold where no event has set them. */
        DEFAULT_VALUE,
        /** The rows of some homes may be others. */
        SOME_KEYS,
        /** Any row may be another. */
        FULL_REBUILD,
        /** Nobody has recorded by which folds the rows were made, so any row may be another. */
        UNKNOWN,
        /** There are no rows. */
        NOT_BUILT
    }

    /**
     * One way to put it right.
     *
     * @param command what to run
     * @param homes homes that it folds again
     * @param seconds how long that takes, or null where neither a backfill nor a simulation of the version has shown it
     */
    public record Way(String command, long homes, @Nullable Double seconds) {}
}
