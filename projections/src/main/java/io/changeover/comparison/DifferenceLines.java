package io.changeover.comparison;

import java.io.IOException;

/** Differences as lines of a text. */
interface DifferenceLines {

    /** What comes before the first one. */
    void head(Appendable out) throws IOException;

    /** One difference. */
    void line(StoredDifference difference, Appendable out) throws IOException;
}
