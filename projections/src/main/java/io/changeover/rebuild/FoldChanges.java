package io.changeover.rebuild;

import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * How the folds of this process differ from those that made the rows of a version.
 *
 * @param scope how much of the version has to be folded again
 * @param events names of the events whose folds differ, where that is what matters
 * @param reasons why everything has to be folded again, each as a sentence without its full stop
 */
public record FoldChanges(Scope scope, SortedSet<String> events, List<String> reasons) {

    /** How much of a version has to be folded again. */
    public enum Scope {
        /** Nobody has recorded by which folds the rows were made. */
        UNKNOWN,
        /** Nothing: the rows are those that these folds make. */
        NOTHING,
        /** The homes that some events touch. */
        SOME_EVENTS,
        /** Only what the columns are; what the folds make of each of them is the same. */
        COLUMNS,
        /** Every home, because something else has changed than what is done with some events. */
        EVERYTHING,
        /** Every home, because the folds ask something that is not code: whether that has changed is not known. */
        UNPROVEN
    }

    /** What is known to have changed, in a few words; null when nothing is. */
    public @Nullable String stale() {
        return switch (scope) {
            case UNKNOWN, NOTHING -> null;
            case SOME_EVENTS, UNPROVEN ->
                events.isEmpty() ? null : "folds of %s changed".formatted(String.join(", ", events));
            case COLUMNS, EVERYTHING -> String.join("; ", reasons);
        };
    }
}
