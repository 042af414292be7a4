package io.changeover.examples.orders.steelwheels;

import java.util.ArrayList;
import java.util.List;

/**
 * What the store holds after an import.
 *
 * @param commands commands sent by this run; 0 where an earlier run had done everything
 * @param events events in the store by type and revision, in that order; of all writers, not of the import alone
 * @param rejected rows that were not taken over, in the order of table and key
 * @param factRows rows of the reporting table that this run loaded
 */
public record ImportSummary(long commands, List<EventCount> events, List<RejectedCount> rejected, int factRows) {

    /** How many events of one type are stored in one revision. */
    public record EventCount(String type, String revision, long count) {}

    /** How many copies of one row of the source were rejected for one reason. */
    public record RejectedCount(String table, String key, String reason, long count) {}

    /** All events. */
    public long eventCount() {
        return events.stream().mapToLong(EventCount::count).sum();
    }

    /** The summary as lines for people to read. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("%,d events in the store after %,d commands".formatted(eventCount(), commands));
        events.forEach(
                each -> lines.add("  %-26s revision %s %,10d".formatted(each.type(), each.revision(), each.count())));
        rejected.forEach(each -> lines.add(
                "  rejected %s %s (%,d times): %s".formatted(each.table(), each.key(), each.count(), each.reason())));
        return List.copyOf(lines);
    }
}
