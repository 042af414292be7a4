package io.changeover.trace;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names a sampled span to other threads and processes, as the header {@code traceparent} of W3C Trace Context does, which
 * events carry in their metadata under the same name.
 *
 * @param traceId 32 hexadecimal digits in lower case
 * @param spanId 16 of them
 */
public record TraceParent(String traceId, String spanId) {

    /** Name of the entry in an event's metadata. */
    public static final String KEY = "traceparent";

    private static final byte[] SOUGHT = (KEY + '"').getBytes(StandardCharsets.US_ASCII);
    private static final Pattern SAMPLED = Pattern.compile("00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f])([13579bdf])");

    /** How far from its name a value can begin in JSON that was not written to be read. */
    private static final int WITHIN = 80;

    /**
     * @throws NullPointerException when one is null
     */
    public TraceParent {
        Objects.requireNonNull(traceId, "traceId");
        Objects.requireNonNull(spanId, "spanId");
    }

    /**
     * The span that stored metadata name. Their bytes are looked through and not parsed, as this is done for every event.
     *
     * @param metadata an event's metadata as stored
     * @return null where they name none, or one that was not sampled
     */
    public static @Nullable TraceParent in(byte[] metadata) {
        int at = indexOf(metadata);
        if (at < 0) {
            return null;
        }
        int length = Math.min(WITHIN, metadata.length - at);
        return found(new String(metadata, at, length, StandardCharsets.US_ASCII));
    }

    private static @Nullable TraceParent found(String text) {
        Matcher matcher = SAMPLED.matcher(text);
        return matcher.find() ? new TraceParent(matcher.group(1), matcher.group(2)) : null;
    }

    private static int indexOf(byte[] metadata) {
        outer:
        for (int i = 0; i <= metadata.length - SOUGHT.length; i++) {
            for (int j = 0; j < SOUGHT.length; j++) {
                if (metadata[i + j] != SOUGHT[j]) {
                    continue outer;
                }
            }
            return i + SOUGHT.length;
        }
        return -1;
    }

    /** Whether the text is the value of such a header of a sampled span. */
    public static boolean isHeader(String text) {
        return SAMPLED.matcher(text).matches();
    }

    /** The value of the header. */
    public String header() {
        return "00-" + traceId + "-" + spanId + "-01";
    }
}
