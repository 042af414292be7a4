package io.changeover.web;

import io.changeover.serving.ReadPosition;
import io.changeover.serving.ReaderContext;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells in the headers of a response which versions have answered its request, and what the client has now written and seen. */
final class ToldReads {

    private static final Logger log = LoggerFactory.getLogger(ToldReads.class);

    private final ReaderContext context;
    private final Function<List<String>, Optional<ReadPosition>> positions;
    private int lookedUp;
    private @Nullable ReadPosition written;

    ToldReads(ReaderContext context, Function<List<String>, Optional<ReadPosition>> positions) {
        this.context = context;
        this.positions = positions;
    }

    /** May be called any number of times; the last that the client gets to see counts. */
    void tell(HttpServletResponse response) {
        Map<String, Integer> served = context.served();
        if (!served.isEmpty()) {
            response.setHeader(
                    ReaderHeaders.SERVED,
                    served.entrySet().stream()
                            .map(view -> view.getKey() + "@" + view.getValue())
                            .sorted()
                            .collect(Collectors.joining(", ")));
        }
        ReadPosition position = context.reader().after();
        position = and(position, written());
        position = and(position, context.seen().orElse(null));
        if (position != null) {
            response.setHeader(ReaderHeaders.POSITION, position.toString());
        }
    }

    private static @Nullable ReadPosition and(@Nullable ReadPosition one, @Nullable ReadPosition other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.and(other);
    }

    private @Nullable ReadPosition written() {
        List<String> events = context.writtenEvents();
        if (events.size() > lookedUp) {
            try {
                Optional<ReadPosition> found = positions.apply(events);
                lookedUp = events.size();
                written = found.orElse(null);
            } catch (RuntimeException e) {
                // What was written is written: a failure here would make the client write it again.
                log.error(
                        "A response goes without the header {} though its request has written {} events: their positions cannot be read. Its client may read older than it wrote until the versions have caught up",
                        ReaderHeaders.POSITION,
                        events.size(),
                        e);
            }
        }
        return written;
    }
}
