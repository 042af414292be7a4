package io.changeover.gate;

/**
 * Calls, and how many of them went wrong.
 *
 * @param calls all of them
 * @param bad those that went wrong
 */
record Counted(long calls, long bad) {

    static final Counted NONE = new Counted(0, 0);

    /** What came since; nothing where counts have been lost with a node. */
    Counted since(Counted before) {
        return new Counted(Math.max(0, calls - before.calls), Math.max(0, bad - before.bad));
    }

    /** Share of those that went wrong, from 0 to 1. */
    double share() {
        return calls == 0 ? 0 : (double) bad / calls;
    }
}
