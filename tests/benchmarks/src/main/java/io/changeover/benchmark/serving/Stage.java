package io.changeover.benchmark.serving;

/** What can be measured alone, by its name in lower case. */
enum Stage {
    /** A routed call against a direct one. */
    CALL,
    /** Readers with and without shadow reads. */
    SHADOW,
    /** A new version that lies, fails and hangs under load. */
    FAULT,
    /** How soon a decision counts on all nodes. */
    SHIFT
}
