package io.changeover.projection;

import io.changeover.event.StoredEvent;
import io.changeover.stream.OrderedStream;
import io.changeover.stream.Page;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Stored history, a stretch at a time. The one way in which a rebuild reads events. */
public interface HistoryPages {

    /**
     * Hands over the events of a stretch, in order.
     *
     * @param after position after which it begins, 0 or greater
     * @param upTo position at which it ends, one that a version has reached, so that nothing below it can appear any more
     * @param names names under which the wanted events are stored
     * @param pages takes the events, some at a time, on the calling thread
     * @throws IllegalStateException when the store ends before that position
     */
    void read(long after, long upTo, Set<String> names, Consumer<List<StoredEvent>> pages);

    /** History through the ordered stream. */
    static HistoryPages of(OrderedStream stream) {
        return (after, upTo, names, pages) -> {
            stream.passed(upTo);
            long position = after;
            while (position < upTo) {
                Page page = stream.read(position, 5_000, names);
                if (page.position() == position) {
                    throw new IllegalStateException(
                            "The event store ends at position %d but a version has been built up to %d; restore the missing events first"
                                    .formatted(position, upTo));
                }
                pages.accept(page.events().stream()
                        .filter(event -> event.position() <= upTo)
                        .toList());
                position = page.position();
            }
        };
    }
}
