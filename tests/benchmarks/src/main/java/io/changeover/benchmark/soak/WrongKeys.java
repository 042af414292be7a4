package io.changeover.benchmark.soak;

import io.changeover.benchmark.invoice.Faulty;
import io.changeover.benchmark.replay.store.Database;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which keys must be found wrong, told by the events alone: those that show the fault, from their first amendment on and
 * until they are withdrawn. Shares no code with folds and comparisons.
 */
final class WrongKeys {

    /**
     * What happened to a key.
     *
     * @param amended position of its first amendment, or {@link Long#MAX_VALUE}
     * @param withdrawn position at which it was withdrawn, or {@link Long#MAX_VALUE}
     * @param events positions of all its events
     */
    record History(long amended, long withdrawn, TreeSet<Long> events) {

        /** Whether it is wrong at every position from one to the other, with no event in between. */
        boolean mustBeFound(long from, long to) {
            boolean quiet = events.subSet(from, false, to, true).isEmpty();
            return amended <= from && withdrawn > to && quiet;
        }

        /** Whether it is wrong at some position from one to the other. */
        boolean mayBeFound(long from, long to) {
            return amended <= to && withdrawn > from;
        }
    }

    /**
     * What a comparison should have found and did not, and the other way round.
     *
     * @param expected keys that had to be found
     * @param missed those of them that were not
     * @param wrong keys that were found and never were wrong while it ran
     */
    record Judgement(Set<String> expected, Set<String> missed, Set<String> wrong) {}

    private static final String NAME = "invoice.";

    private final Map<Long, List<String>> events = new TreeMap<>();
    private long settled;

    /**
     * Reads what is new of the events.
     *
     * @param settled position up to which no event can appear any more
     */
    void read(Database store, long settled) {
        store.texts(
                        """
                        select global_index || ' ' || payload_type || ' ' || aggregate_identifier
                        from public.domain_event_entry
                        where global_index > %d and type = 'Invoice' and %s"""
                                .formatted(this.settled, Faulty.sql("aggregate_identifier")))
                .forEach(this::add);
        this.settled = settled;
    }

    /** @param event position, name and key, parted by spaces */
    void add(String event) {
        String[] words = event.split(" ");
        events.put(Long.valueOf(words[0]), List.of(words[1], words[2]));
    }

    /** What happened to each key that shows the fault, by key. */
    Map<String, History> histories() {
        Map<String, History> histories = new TreeMap<>();
        events.forEach((position, event) -> {
            History before =
                    histories.getOrDefault(event.get(1), new History(Long.MAX_VALUE, Long.MAX_VALUE, new TreeSet<>()));
            before.events().add(position);
            histories.put(
                    event.get(1),
                    new History(
                            event.get(0).equals(NAME + "amended")
                                    ? Math.min(before.amended(), position)
                                    : before.amended(),
                            event.get(0).equals(NAME + "withdrawn")
                                    ? Math.min(before.withdrawn(), position)
                                    : before.withdrawn(),
                            before.events()));
        });
        return histories;
    }

    /**
     * Judges what a comparison found.
     *
     * @param from position that both versions had reached when it began
     * @param to position that neither had passed when it ended
     */
    Judgement judge(long from, long to, Set<String> found) {
        Set<String> expected = new TreeSet<>();
        Set<String> wrong = new TreeSet<>(found);
        histories().forEach((key, history) -> {
            if (history.mustBeFound(from, to)) {
                expected.add(key);
            }
            if (history.mayBeFound(from, to)) {
                wrong.remove(key);
            }
        });
        Set<String> missed = new TreeSet<>(expected);
        missed.removeAll(found);
        return new Judgement(expected, missed, wrong);
    }
}
