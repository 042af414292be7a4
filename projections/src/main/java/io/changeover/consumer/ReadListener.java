package io.changeover.consumer;

import io.changeover.serving.ReadTally;

/** Is told what was read, once for each count, on the thread that collects; must be quick and throw nothing. */
@FunctionalInterface
public interface ReadListener {

    /**
     * Calls were taken in.
     *
     * @param declared whether the consumer is declared with such a read
     */
    void taken(ReadTally tally, boolean declared);
}
