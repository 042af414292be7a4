package io.changeover.benchmark.replay;

/** What can be measured alone, by its name in lower case. */
enum Experiment {
    /** Stock Axon, tuned Axon, this engine and the hand-written program on the same events. */
    RATIOS,
    /** Ten times the events. */
    SCALE,
    /** Ten times the rows under the same budget. */
    MEMORY,
    /** Live appends while a backfill runs throttled. */
    THROTTLE,
    /** A backfill that is killed at half and resumed. */
    KILL,
    /** What the estimate at one twentieth was worth. */
    ETA,
    /** A view that hardly any event concerns. */
    SPARSE,
    /** Two versions at once against one after the other. */
    TOGETHER
}
