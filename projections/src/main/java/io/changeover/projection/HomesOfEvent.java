package io.changeover.projection;

import io.changeover.event.StoredEvent;
import java.util.Set;

/** Tells which homes of a version an event touches. */
@FunctionalInterface
public interface HomesOfEvent {

    /** The homes as text; the aggregate's identifier where the event cannot be read; empty where it touches none. */
    Set<String> of(StoredEvent event);
}
