package io.changeover.parity;

import java.util.function.Consumer;

/**
 * A comparison that goes on range by range, each at its own instant. Whoever walks may stop after any range, keep the
 * progress, and go on from it later in another process. For use by one thread.
 */
public interface ParityWalk {

    /**
     * Compares the next range until its rows in flight have settled or were given up.
     *
     * @param found takes each row that is not the same on both sides, before this returns. When this throws, what it took
     *     belongs to a range that will be compared again
     * @return whether there was one
     * @throws org.springframework.dao.DataAccessException when the database fails; the same call can be made again
     * @throws IllegalStateException when the comparison is interrupted, or a canonical form fails on a row
     */
    boolean advance(Consumer<DifferingRow> found);

    /** How far it has come. */
    ParityProgress progress();

    /** What has been found so far, as the report of a comparison that ends here. */
    ParityReport report();
}
