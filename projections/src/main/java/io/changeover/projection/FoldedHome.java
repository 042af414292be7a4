package io.changeover.projection;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A home that was folded from nothing and held against what is stored.
 *
 * @param home the home, as text
 * @param same rows that are as they should be
 * @param changes rows that are not, ordered by key
 * @param parked dead letters that waited for the home before
 * @param failing events of the home that fail when they are folded now, or wait behind one that does
 * @param failure why the first of these fails, or null when none does
 * @param refused why the database refuses the new rows, so that the home stays as it is, or null when it does not
 */
public record FoldedHome(
        String home,
        long same,
        List<RowChange> changes,
        int parked,
        int failing,
        @Nullable String failure,
        @Nullable String refused) {}
