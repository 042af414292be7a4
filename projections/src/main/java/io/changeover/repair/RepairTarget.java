package io.changeover.repair;

import io.changeover.view.VersionId;
import java.util.List;

/** What is to be repaired. Written for people by {@code toString}. */
public sealed interface RepairTarget {

    /**
     * Homes that somebody names.
     *
     * @param homes homes as text
     */
    record Homes(List<String> homes) implements RepairTarget {

        @Override
        public String toString() {
            return homes.size() == 1 ? "home " + homes.get(0) : homes.size() + " homes";
        }
    }

    /**
     * The homes of the rows in which a comparison, made now, finds a difference.
     *
     * @param other the version to compare with
     */
    record DifferingFrom(VersionId other) implements RepairTarget {

        @Override
        public String toString() {
            return "rows that differ from " + other;
        }
    }
}
