package io.changeover.gate;

import java.time.Instant;

/** What had been counted when a step began, so that every node that judges the step judges the same calls. */
interface Baselines {

    /**
     * What had been counted when the step began.
     *
     * @param since when the step began
     * @param now what is counted by now; becomes the answer, for every node, where nobody has asked before
     */
    Counted of(String changeover, Instant since, String measure, Counted now);

    /** Has the measure begin anew. */
    void renew(String changeover, Instant since, String measure, Counted now);
}
