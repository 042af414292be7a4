package io.changeover.projection;

import io.changeover.event.StoredEvent;
import java.time.Instant;

/**
 * An event that waits as a dead letter.
 *
 * @param home home of the rows, as text
 * @param event the event as stored
 * @param cause why it waits
 * @param parkedAt when it was parked
 * @param attempts how often folding it was tried
 */
public record ParkedEvent(String home, StoredEvent event, String cause, Instant parkedAt, int attempts) {}
