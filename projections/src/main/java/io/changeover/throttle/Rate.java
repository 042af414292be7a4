package io.changeover.throttle;

/** Spreads events evenly over time, for all workers together. Safe for use by several threads. */
final class Rate {

    private long free;
    private boolean begun;

    /**
     * Books events that were worked on.
     *
     * @param perSecond highest rate, or 0
     * @return when the next piece may begin, so that the rate holds
     */
    synchronized long book(int events, int perSecond, long now) {
        if (perSecond == 0) {
            begun = false;
            return now;
        }
        if (!begun || free - now < 0) {
            free = now; // what was not used before is not made up for
            begun = true;
        }
        free += (long) (events * 1e9 / perSecond);
        return free;
    }
}
