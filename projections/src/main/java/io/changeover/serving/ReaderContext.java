package io.changeover.serving;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * On whose behalf the current thread reads, and which versions have answered. A filter or interceptor opens it around a
 * request; without one a call has no routing key and stays with the old version until that serves nobody.
 */
public final class ReaderContext {

    private static final ThreadLocal<@Nullable ReaderContext> CURRENT = new ThreadLocal<>();

    private final @Nullable String routingKey;
    private final Map<String, Integer> served = new LinkedHashMap<>();

    private ReaderContext(@Nullable String routingKey) {
        this.routingKey = routingKey;
    }

    /**
     * Runs the work in a context of its own.
     *
     * @param routingKey what makes the reader sticky, such as a principal or a session; null for a reader without one
     */
    public static <T extends @Nullable Object> T call(@Nullable String routingKey, Supplier<T> work) {
        ReaderContext outer = CURRENT.get();
        CURRENT.set(new ReaderContext(routingKey));
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

    static @Nullable String currentKey() {
        ReaderContext context = CURRENT.get();
        return context == null ? null : context.routingKey;
    }

    static void answered(String view, int version) {
        ReaderContext context = CURRENT.get();
        if (context != null) {
            context.served.put(view, version);
        }
    }

    /** Which version of each view has answered in this context, in the order of the first calls. */
    public Map<String, Integer> served() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(served));
    }
}
