package io.changeover.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How versions are kept reconciled.
 *
 * @param pairs pairs to compare besides those that are chosen by themselves
 * @param interval time between two looks at what events have touched
 * @param fullAt time of day, in UTC, from which all rows are compared once a day; null for only when that is needed
 * @param alertAbove number of differing rows above which it is time to call somebody, 0 or greater
 * @param stretch positions that one look covers at most, so that a long gap is worked off in steps
 * @param batch homes that are compared at one instant
 * @param keptRows differing rows of a pair that are kept one by one; further ones are counted
 * @param lease time after which another node takes over from one that has not been heard of
 */
public record ReconciliationOptions(
        List<VersionPair> pairs,
        Duration interval,
        @Nullable LocalTime fullAt,
        long alertAbove,
        long stretch,
        int batch,
        int keptRows,
        Duration lease) {

    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final int MOST_HOMES = 100_000;
    private static final int MOST_ROWS = 1_000_000;

    /** @throws IllegalArgumentException when a value lies outside of its bounds; the message names each one that does */
    public ReconciliationOptions {
        pairs = List.copyOf(pairs);
        List<String> problems = new ArrayList<>();
        check(problems, "interval", interval);
        check(problems, "lease", lease);
        check(problems, "alertAbove", alertAbove, 0, Long.MAX_VALUE);
        check(problems, "stretch", stretch, 1, Long.MAX_VALUE);
        check(problems, "batch", batch, 1, MOST_HOMES);
        check(problems, "keptRows", keptRows, 1, MOST_ROWS);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    String.join("; ", problems) + "; correct the settings of the reconciliation");
        }
    }

    /** Every 10 seconds, all rows from 03:00 on, 100,000 positions and 2,000 homes at a time, and no row may differ. */
    public static ReconciliationOptions defaults() {
        return new ReconciliationOptions(
                List.of(),
                Duration.ofSeconds(10),
                LocalTime.of(3, 0),
                0,
                100_000,
                2_000,
                10_000,
                Duration.ofMinutes(1));
    }

    /**
     * Whether all rows are to be compared by the plan.
     *
     * @param last when the last comparison of all rows began, or null when there was none
     */
    boolean isFullDue(@Nullable Instant last, Instant now) {
        if (last == null) {
            return true;
        }
        if (fullAt == null) {
            return false;
        }
        OffsetDateTime today = now.atOffset(ZoneOffset.UTC).with(fullAt);
        Instant planned = (today.toInstant().isAfter(now) ? today.minusDays(1) : today).toInstant();
        return last.isBefore(planned);
    }

    private static void check(List<String> problems, String name, Duration value) {
        if (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
            problems.add("%s is %s but must be from %s to %s".formatted(name, value, SHORTEST, LONGEST));
        }
    }

    private static void check(List<String> problems, String name, long value, long least, long most) {
        if (value < least || value > most) {
            problems.add(
                    most == Long.MAX_VALUE
                            ? "%s is %d but must be %d or greater".formatted(name, value, least)
                            : "%s is %d but must be from %d to %d".formatted(name, value, least, most));
        }
    }
}
