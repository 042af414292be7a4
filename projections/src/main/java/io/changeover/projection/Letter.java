package io.changeover.projection;

import io.changeover.event.StoredEvent;

/**
 * An event to be parked.
 *
 * @param home home of the rows, as text
 * @param event the event as stored
 * @param cause why
 */
record Letter(String home, StoredEvent event, String cause) {}
