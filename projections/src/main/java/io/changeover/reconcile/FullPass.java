package io.changeover.reconcile;

import io.changeover.comparison.Comparisons;
import io.changeover.parity.DifferingRow;
import io.changeover.parity.ParityCheck;
import io.changeover.parity.ParityReport;
import io.changeover.parity.ParityWalk;
import io.changeover.view.VersionId;
import java.util.function.Consumer;
import org.springframework.dao.QueryTimeoutException;

/** A comparison of all rows of two versions. */
@FunctionalInterface
public interface FullPass {

    /** Times that one range is tried. */
    int ATTEMPTS = 5;

    /**
     * Compares all rows.
     *
     * @param found takes each row that is not the same on both sides; one may come twice
     * @param alive to be called now and then, at least every few seconds of work; what it throws ends the comparison
     * @return the report of a comparison that has come to its end
     * @throws IllegalStateException when it cannot come to its end now; the message says why
     */
    ParityReport run(VersionId left, VersionId right, Consumer<DifferingRow> found, Runnable alive);

    /** By a comparison that is kept: it goes on where it was after a crash, and its differences can be exported. */
    static FullPass keptBy(Comparisons comparisons) {
        return new KeptFullPass(comparisons);
    }

    /** Range by range, from the beginning each time. A range that takes too long is tried again, as a smaller one. */
    static FullPass of(ParityCheck parity) {
        return (left, right, found, alive) -> {
            ParityWalk walk = parity.walk(left, right, null);
            int failed = 0;
            boolean more = true;
            while (more) {
                try {
                    more = walk.advance(found);
                    failed = 0;
                } catch (QueryTimeoutException e) {
                    failed++;
                    if (failed == ATTEMPTS) {
                        throw e;
                    }
                }
                alive.run();
            }
            String obstacle = walk.progress().incomparable();
            if (obstacle != null) {
                throw new IllegalStateException("Not all rows could be compared: " + obstacle);
            }
            return walk.report();
        };
    }
}
