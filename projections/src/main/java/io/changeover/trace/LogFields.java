package io.changeover.trace;

import io.changeover.view.VersionId;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Fields of all that a thread logs until they are closed, when those come back that were there before: a thread of a pool
 * goes on to other work. To be closed by the thread that has made them, the last first.
 */
public final class LogFields implements AutoCloseable {

    /** Name of a view. */
    public static final String VIEW = "view";

    /** Written form of a view version. */
    public static final String VERSION = "version";

    /** Written form of a changeover: the view with the versions from which and to which it leads. */
    public static final String CHANGEOVER = "changeover";

    /** Position of the last event that the work is about. */
    public static final String POSITION = "position";

    private record Before(String key, @Nullable String value) {}

    private final Deque<Before> before = new ArrayDeque<>();

    private LogFields() {}

    /** Fields of work on a view. */
    public static LogFields ofView(String view) {
        return new LogFields().with(VIEW, view);
    }

    /** Fields of work on a view version. */
    public static LogFields of(VersionId version) {
        return ofView(version.view()).with(VERSION, version.toString());
    }

    /** Fields of work on the two versions of a changeover, or of a comparison. */
    public static LogFields of(VersionId from, VersionId to) {
        return ofView(to.view()).with(CHANGEOVER, "%s:%d-%d".formatted(to.view(), from.version(), to.version()));
    }

    /** Adds the position of the last event. */
    public LogFields upTo(long position) {
        return with(POSITION, Long.toString(position));
    }

    private LogFields with(String key, String value) {
        before.push(new Before(key, MDC.get(key)));
        MDC.put(key, value);
        return this;
    }

    @Override
    public void close() {
        while (!before.isEmpty()) {
            Before each = before.pop();
            if (each.value() == null) {
                MDC.remove(each.key());
            } else {
                MDC.put(each.key(), each.value());
            }
        }
    }
}
