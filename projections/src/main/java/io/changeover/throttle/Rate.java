package io.changeover.throttle;

/** Spreads events evenly over time, for all workers together. Safe for use by several threads. */
final class Rate {

    private long free;
    private int rate;

    /**
     * Books events that were worked on.
     *
     * @param perSecond highest rate, or 0
     * @param begun when the work on them began
     * @return when the next piece may begin, so that the rate holds
     */
    synchronized long book(int events, int perSecond, long begun, long now) {
        if (perSecond != rate || free - begun < 0) {
            free = begun; // what was not used before is not made up for
            rate = perSecond;
        }
        if (perSecond == 0) {
            return now;
        }
        free += (long) (events * 1e9 / perSecond);
        return free;
    }
}
