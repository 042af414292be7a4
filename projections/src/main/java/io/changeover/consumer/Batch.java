package io.changeover.consumer;

import io.changeover.serving.ReadTally;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Counts on their way to the database, under an identifier by which it knows them when they come twice. */
final class Batch {

    private final UUID id;
    private final Map<Key, Count> counts = new LinkedHashMap<>();

    Batch(UUID id) {
        this.id = id;
    }

    /** What is counted apart. */
    record Key(
            LocalDate day,
            String consumer,
            String view,
            int version,
            String apiVersion,
            String reason,
            long sequence) {}

    /** How often, and when that was noticed last. */
    record Count(long calls, Instant lastSeen) {

        private Count and(Count later) {
            return new Count(calls + later.calls, later.lastSeen);
        }
    }

    UUID id() {
        return id;
    }

    Map<Key, Count> counts() {
        return Collections.unmodifiableMap(counts);
    }

    boolean isEmpty() {
        return counts.isEmpty();
    }

    void add(ReadTally tally, Instant now) {
        Key key = new Key(
                now.atZone(ZoneOffset.UTC).toLocalDate(),
                tally.identity().consumer(),
                tally.view(),
                tally.version(),
                tally.identity().apiVersion(),
                tally.reason().text(),
                tally.sequence());
        counts.merge(key, new Count(tally.calls(), now), Count::and);
    }
}
