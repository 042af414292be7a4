package io.changeover.audit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** All sources as one list. Safe for use by several threads. */
public final class AuditTrail {

    private static final Comparator<AuditEntry> LATEST_FIRST = Comparator.comparing(AuditEntry::at)
            .thenComparing(AuditEntry::source)
            .thenComparing(AuditEntry::number)
            .reversed();

    private final List<AuditSource> sources;

    /** The trail over sources of different names. */
    public AuditTrail(List<AuditSource> sources) {
        this.sources = List.copyOf(sources);
    }

    /** A page of entries. */
    public AuditPage page(AuditQuery query) {
        // One more than wanted tells whether there are older ones.
        AuditQuery more = query.upTo(query.limit() + 1);
        List<AuditEntry> found = new ArrayList<>();
        sources.forEach(source -> found.addAll(source.entries(more)));
        found.sort(LATEST_FIRST);
        if (found.size() <= query.limit()) {
            return new AuditPage(found, null);
        }
        List<AuditEntry> entries = found.subList(0, query.limit());
        return new AuditPage(
                entries, AuditCursor.after(entries.get(entries.size() - 1)).toString());
    }
}
