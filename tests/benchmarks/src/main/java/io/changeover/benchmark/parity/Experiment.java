package io.changeover.benchmark.parity;

/** What can be measured alone, by its name in lower case. */
enum Experiment {
    /** Two clean versions: this engine, the bare SQL join, and a program written by hand. */
    CLEAN,
    /** One row in a hundred differs. */
    DIFFERENT,
    /** One corruption at a time, each of which must be found. */
    CORRUPTED,
    /** A canonical form that is not declared in SQL. */
    STREAMED,
    /** Ten times the rows in the same heap. */
    MEMORY,
    /** Live processing while comparisons run. */
    LIVE,
    /** What it costs to reconcile all the time. */
    RECONCILE
}
