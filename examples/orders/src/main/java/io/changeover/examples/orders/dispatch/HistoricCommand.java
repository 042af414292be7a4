package io.changeover.examples.orders.dispatch;

import java.time.Instant;
import java.util.Map;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;

/**
 * A command whose events are to be stored as if it had been handled at a given instant by the release of that time.
 *
 * @param occurredAt time of the events
 * @param release release that handles it
 * @param payload the command itself
 */
public record HistoricCommand(Instant occurredAt, Release release, Object payload) {

    static final String OCCURRED_AT = "occurred-at";
    static final String RELEASE = "release";

    /** A command that is handled by the release that ran at that instant. */
    public static HistoricCommand at(Instant occurredAt, Object payload) {
        return new HistoricCommand(occurredAt, Release.at(occurredAt), payload);
    }

    CommandMessage<Object> message() {
        return new GenericCommandMessage<>(
                payload, Map.of(OCCURRED_AT, occurredAt.toString(), RELEASE, release.name()));
    }
}
