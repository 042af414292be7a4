package io.changeover.projection;

/**
 * A row with the event that last changed it.
 *
 * @param row instance of the version's row record
 * @param position position of the event
 * @param eventId identifier of the event
 */
public record StoredRow(Object row, long position, String eventId) {}
