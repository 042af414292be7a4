package io.changeover.serving;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client has written or seen, as a token that it may carry from an answer to its next request.
 *
 * @param first position of the first event of a write; equal to {@code last} where only what was seen is known
 * @param last position up to which everything is to be there
 */
public record ReadPosition(long first, long last) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,18})(?:-(\\d{1,18}))?");

    /** Checks the order. */
    public ReadPosition {
        if (first < 0 || last < first) {
            throw new IllegalArgumentException(
                    "A position must be 0 or greater and its first no greater than its last but they are %d and %d"
                            .formatted(first, last));
        }
    }

    /** Everything up to a position. */
    public static ReadPosition at(long position) {
        return new ReadPosition(position, position);
    }

    /** What {@link #toString} has written; empty for anything else. */
    public static Optional<ReadPosition> parse(String token) {
        Matcher matcher = FORM.matcher(token);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long first = Long.parseLong(matcher.group(1));
        long last = matcher.group(2) == null ? first : Long.parseLong(matcher.group(2));
        return last < first ? Optional.empty() : Optional.of(new ReadPosition(first, last));
    }

    /** What holds both; of two writes only the later one is remembered as a write. */
    public ReadPosition and(ReadPosition other) {
        return last >= other.last ? this : other;
    }

    /** {@code 4711}, or {@code 4709-4711} for a write of several events. */
    @Override
    public String toString() {
        return first == last ? Long.toString(last) : first + "-" + last;
    }
}
