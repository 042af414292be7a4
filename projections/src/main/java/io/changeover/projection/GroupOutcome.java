package io.changeover.projection;

import io.changeover.projection.DeadLetterStore.Parked;
import io.changeover.view.RowKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
    final Map<String, Long> sameByHome = new HashMap<>();
    final Map<String, Integer> parkedByHome = new HashMap<>();
    private final Map<String, List<RowChange>> changes = new HashMap<>();
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

    void change(RowKey key, RowChange change) {
        changes.computeIfAbsent(key.homeText(), home -> new ArrayList<>()).add(change);
    }

    /** The same, home by home; those that stay as they are come last. */
    Stream<FoldedHome> folded() {
        Map<String, List<Letter>> failing = letters.stream().collect(Collectors.groupingBy(Letter::home));
        return Stream.concat(
                homes.stream().map(home -> {
                    List<Letter> mine = failing.getOrDefault(home, List.of());
                    return new FoldedHome(
                            home,
                            sameByHome.getOrDefault(home, 0L),
                            changes.getOrDefault(home, List.of()).stream()
                                    .sorted(Comparator.comparing(change -> String.join("/", change.key())))
                                    .toList(),
                            parkedByHome.getOrDefault(home, 0),
                            mine.size(),
                            mine.isEmpty() ? null : mine.get(0).cause(),
                            null);
                }),
                untouched.entrySet().stream()
                        .map(home -> new FoldedHome(home.getKey(), 0, List.of(), 0, 0, null, home.getValue())));
    }
}
