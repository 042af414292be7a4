package io.changeover.benchmark.serving.shift;

import java.util.Collections;
import java.util.Map;

/**
 * A decision that was commanded, and what became of it. All times are nanoseconds since the epoch of the one clock of the
 * machine.
 *
 * @param sequence number of its event among those of the view
 * @param percent share of readers that the new version serves by it
 * @param sent before the command was given
 * @param answered when the command had been answered
 * @param acknowledged when each node said that it routes by it
 */
record Decided(long sequence, int percent, long sent, long answered, Map<String, Long> acknowledged) {

    /** Nanoseconds from the command until the last node has acknowledged it. */
    long effective() {
        return Collections.max(acknowledged.values()) - sent;
    }
}
