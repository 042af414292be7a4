package io.changeover.stream;

import io.changeover.event.StoredEvent;
import java.util.List;

/**
 * A piece of the ordered stream.
 *
 * @param events events in order of their position
 * @param position the last position that this page covers: no event at or below it can appear any more, and the next
 *     read goes on from here. Moves over gaps that stay empty for ever and over events that were not asked for.
 */
public record Page(List<StoredEvent> events, long position) {}
