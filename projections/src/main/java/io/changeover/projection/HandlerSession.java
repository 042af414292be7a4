package io.changeover.projection;

/**
 * What a component may hold back in memory within a transaction, such as a session of JPA. It is told of the end of each
 * event, so that to the component a batch is what as many transactions of one event would be.
 */
@FunctionalInterface
public interface HandlerSession {

    /** Nothing is held back, as with plain JDBC. */
    HandlerSession NONE = () -> {};

    /** Sends to the database what the event has changed and forgets what it has read, in the surrounding transaction. */
    void endOfEvent();
}
