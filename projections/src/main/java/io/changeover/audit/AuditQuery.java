package io.changeover.audit;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Which entries are wanted.
 *
 * @param view only those of this view, or null for all
 * @param actor only what this one did, or null for all
 * @param since only those of this time or later, or null for all
 * @param before only those after this place in the list, which are older; null from the latest on
 * @param limit at most so many, 1 or greater
 */
public record AuditQuery(
        @Nullable String view,
        @Nullable String actor,
        @Nullable Instant since,
        @Nullable AuditCursor before,
        int limit) {

    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    /** @throws IllegalArgumentException when the limit is below 1 */
    public AuditQuery {
        if (limit < 1) {
            throw new IllegalArgumentException(
                    "limit is %d but must be 1 or greater; ask for at least one entry".formatted(limit));
        }
    }

    /** Whether the database can hold other times against it, which it cannot for the ends of time. */
    public static boolean isStorable(Instant time) {
        return !time.isBefore(Instant.EPOCH) && time.isBefore(LATEST);
    }

    /** The same for another number of entries. */
    AuditQuery upTo(int most) {
        return new AuditQuery(view, actor, since, before, most);
    }

    /** The same from after an entry on. */
    AuditQuery from(AuditCursor place) {
        return new AuditQuery(view, actor, since, place, limit);
    }

    /** {@link #since} for a statement. */
    public @Nullable OffsetDateTime sinceAt() {
        return since == null ? null : since.atOffset(ZoneOffset.UTC);
    }

    /**
     * Wanted are entries whose time and number are, as a pair, below this time and {@link #beforeNumber}; null where none is
     * too late.
     */
    public @Nullable OffsetDateTime beforeAt() {
        return before == null ? null : before.at().atOffset(ZoneOffset.UTC);
    }

    /**
     * The number that goes with {@link #beforeAt}. Among entries of one time, sources come in descending order of their
     * names.
     *
     * @param source the source that asks
     */
    public long beforeNumber(String source) {
        if (before == null) {
            return Long.MAX_VALUE;
        }
        int order = source.compareTo(before.source());
        return order == 0 ? before.number() : order < 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
    }
}
