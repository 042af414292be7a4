package io.changeover.projection;

import io.changeover.event.StoredEvent;
import io.changeover.upcast.CurrentEvent;
import io.changeover.upcast.EventReader;
import io.changeover.upcast.UnreadableEventException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stored event as events of today's classes, read once for all versions that fold it.
 *
 * @param stored the event as stored
 * @param today what it stands for today; empty where it cannot be read
 * @param failure why it cannot be read, or null
 */
public record ReadEvent(StoredEvent stored, List<CurrentEvent> today, @Nullable String failure) {

    /** Reads the event; what cannot be read becomes a failure. */
    public static ReadEvent of(StoredEvent stored, EventReader reader) {
        try {
            return new ReadEvent(stored, reader.read(stored), null);
        } catch (UnreadableEventException e) {
            return new ReadEvent(stored, List.of(), String.valueOf(e.getMessage()));
        }
    }
}
