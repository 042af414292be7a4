package io.changeover.projection;

/** Told from time to time how much has been copied; may hold the copying up, so that others get their share. */
@FunctionalInterface
public interface CopyPace {

    /** Holds nothing up. */
    CopyPace FULL = rows -> {};

    /**
     * Some rows have been handed to the database.
     *
     * @param rows how many since the last call
     */
    void copied(int rows);
}
