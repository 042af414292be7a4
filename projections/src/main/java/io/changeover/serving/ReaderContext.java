package io.changeover.serving;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * On whose behalf the current thread reads, which versions have answered, and what was written meanwhile. A filter or
 * interceptor opens it around a request; without one a call has no routing key and stays with the old version until that
 * serves nobody. Not safe for use by several threads.
 */
public final class ReaderContext {

    private static final ThreadLocal<@Nullable ReaderContext> CURRENT = new ThreadLocal<>();

    private final Reader reader;
    private final Map<String, Integer> served = new LinkedHashMap<>();
    private final List<String> writtenEvents = new ArrayList<>();
    private ReaderIdentity identity;
    private @Nullable ReadPosition seen;

    private ReaderContext(Reader reader) {
        this.reader = reader;
        this.identity = reader.identity();
    }

    /**
     * Runs the work in a context of its own.
     *
     * @param routingKey what makes the reader sticky, such as a principal or a session; null for a reader without one
     */
    public static <T extends @Nullable Object> T call(@Nullable String routingKey, Supplier<T> work) {
        return callAs(Reader.of(routingKey), work);
    }

    /** Runs the work in a context of its own, on behalf of the reader. */
    public static <T extends @Nullable Object> T callAs(Reader reader, Supplier<T> work) {
        ReaderContext outer = CURRENT.get();
        CURRENT.set(new ReaderContext(reader));
        try {
            return work.get();
        } finally {
            if (outer == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(outer);
            }
        }
    }

    /** The context of the current thread, if there is one. */
    public static Optional<ReaderContext> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    static @Nullable ReaderContext currentOrNull() {
        return CURRENT.get();
    }

    static @Nullable String currentKey() {
        ReaderContext context = CURRENT.get();
        return context == null ? null : context.reader.routingKey();
    }

    /** On whose behalf. */
    public Reader reader() {
        return reader;
    }

    /** Who is counted as reading. */
    public ReaderIdentity identity() {
        return identity;
    }

    /** Counts what is read from here on as read by that, once more is known than when the context was opened. */
    public void countAs(ReaderIdentity who) {
        this.identity = who;
    }

    void answered(String view, int version) {
        served.put(view, version);
    }

    /** Remembers that the answer may show what is there at the position. */
    void saw(ReadPosition position) {
        seen = seen == null ? position : seen.and(position);
    }

    /** Remembers an event that was written on behalf of the reader. */
    public void wrote(String eventId) {
        writtenEvents.add(eventId);
    }

    /** Which version of each view has answered in this context, in the order of the first calls. */
    public Map<String, Integer> served() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(served));
    }

    /** Identifiers of the events written in this context, in order; those of a transaction that failed among them. */
    public List<String> writtenEvents() {
        return List.copyOf(writtenEvents);
    }

    /** The latest that answers in this context may have shown; empty where nobody asked to know. */
    public Optional<ReadPosition> seen() {
        return Optional.ofNullable(seen);
    }
}
