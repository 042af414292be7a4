package io.changeover.projection;

import io.changeover.projection.DeadLetterStore.Parked;
import io.changeover.view.RowKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What is to be done to the stored rows and letters of one group of homes, to make them what was folded. */
final class GroupOutcome {

    final Set<String> homes;
    final Map<String, String> untouched;
    final List<StoredRow> before;
    final List<Letter> letters;
    final List<StoredRow> inserted = new ArrayList<>();
    final List<StoredRow> changed = new ArrayList<>();
    final List<RowKey> deleted = new ArrayList<>();
    final List<Parked> released = new ArrayList<>();
    final List<Parked> failedAgain = new ArrayList<>();
    final Map<String, HomeChange> samples = new TreeMap<>();
    long same;

    /**
     * @param homes homes that are to be made anew
     * @param untouched homes that stay as they are, each with the reason
     * @param before the stored rows of the homes
     * @param letters events of the homes that fail now
     */
    GroupOutcome(Set<String> homes, Map<String, String> untouched, List<StoredRow> before, List<Letter> letters) {
        this.homes = homes;
        this.untouched = Map.copyOf(untouched);
        this.before = before;
        this.letters = letters;
    }
}
