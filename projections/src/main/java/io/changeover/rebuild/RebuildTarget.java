package io.changeover.rebuild;

import io.changeover.view.VersionId;
import java.util.List;

/** Which rows of a version are to be folded again. */
public sealed interface RebuildTarget {

    /**
     * These homes.
     *
     * @param homes homes as text, at least one
     */
    record Homes(List<String> homes) implements RebuildTarget {

        /** @throws IllegalArgumentException when there is none */
        public Homes {
            homes = List.copyOf(homes);
            requireSome(homes, "homes");
        }

        @Override
        public String toString() {
            return homes.size() == 1 ? "home " + homes.get(0) : homes.size() + " homes";
        }
    }

    /**
     * The homes of the rows that fulfil all conditions as they are stored now. A row that is missing fulfils none.
     *
     * @param conditions such as {@code status=SHIPPED} or {@code orderDate>=2004-01-01}, at least one
     */
    record Where(List<String> conditions) implements RebuildTarget {

        /** @throws IllegalArgumentException when there is none */
        public Where {
            conditions = List.copyOf(conditions);
            requireSome(conditions, "conditions");
        }

        @Override
        public String toString() {
            return "rows with " + String.join(" and ", conditions);
        }
    }

    /**
     * The homes of the rows in which a comparison with another version of the view finds a difference.
     *
     * @param other the other version
     */
    record DifferingFrom(VersionId other) implements RebuildTarget {

        @Override
        public String toString() {
            return "rows that differ from " + other;
        }
    }

    /**
     * The homes that the events of one aggregate touch.
     *
     * @param type type of the aggregate as stored
     * @param id identifier of the aggregate
     */
    record Aggregate(String type, String id) implements RebuildTarget {

        @Override
        public String toString() {
            return "aggregate %s/%s".formatted(type, id);
        }
    }

    /**
     * The homes that the events of a stretch of the store touch.
     *
     * @param from position of its first event, 1 or greater
     * @param to position of its last event
     */
    record Positions(long from, long to) implements RebuildTarget {

        /** @throws IllegalArgumentException when the stretch is empty or begins before the store */
        public Positions {
            if (from < 1 || to < from) {
                throw new IllegalArgumentException(
                        "Positions %d to %d must begin at 1 or later and not end before they begin; correct them"
                                .formatted(from, to));
            }
        }

        @Override
        public String toString() {
            return "positions %d to %d".formatted(from, to);
        }
    }

    /** The homes that are known to be enough, now that the version's folds are others than those that made its rows. */
    record Changed() implements RebuildTarget {

        @Override
        public String toString() {
            return "changed folds";
        }
    }

    /** Every home that has a row, a dead letter or an event. */
    record All() implements RebuildTarget {

        @Override
        public String toString() {
            return "everything";
        }
    }

    private static void requireSome(List<String> list, String what) {
        if (list.isEmpty()) {
            throw new IllegalArgumentException("A target without %s means no rows; name at least one".formatted(what));
        }
    }
}
