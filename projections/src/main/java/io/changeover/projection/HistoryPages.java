package io.changeover.projection;

import io.changeover.event.StoredEvent;
import io.changeover.stream.OrderedStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Stored history, a stretch at a time. The one way in which a rebuild reads events. */
public interface HistoryPages {

    /** Positions that one statement reads. */
    int STRETCH = 32_768;

    /** Greatest number of events that are handed over at once. */
    int PAGE = 5_000;

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

    /** History through the ordered stream, in bulk. */
    static HistoryPages of(OrderedStream stream) {
        return (after, upTo, names, pages) -> {
            if (stream.head() < upTo) {
                throw new IllegalStateException(
                        "The event store ends at position %d but a version has been built up to %d; restore the missing events first"
                                .formatted(stream.head(), upTo));
            }
            stream.passed(upTo);
            List<StoredEvent> page = new ArrayList<>();
            for (long from = after; from < upTo; from += STRETCH) {
                stream.history(from, Math.min(upTo, from + STRETCH), names, event -> {
                    page.add(event);
                    if (page.size() == PAGE) {
                        pages.accept(List.copyOf(page));
                        page.clear();
                    }
                });
                // Between two statements nobody's snapshot is open, so that is where what is left over is worked on.
                pages.accept(List.copyOf(page));
                page.clear();
            }
        };
    }
}
