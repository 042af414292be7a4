package io.changeover.stream;

/**
 * A transaction that holds a lock under which it could still add an event.
 *
 * @param virtualTransaction its virtual id, as {@code pg_locks} shows it
 * @param prepared whether it waits for the second phase of a two-phase commit
 */
record Holder(String virtualTransaction, boolean prepared) {}
