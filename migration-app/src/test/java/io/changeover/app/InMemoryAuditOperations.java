package io.changeover.app;

import io.changeover.audit.AuditEntry;
import io.changeover.audit.AuditPage;
import io.changeover.audit.AuditQuery;
import io.changeover.audit.AuditSource;
import io.changeover.audit.AuditTrail;
import io.changeover.changeover.GateReading;
import io.changeover.operation.AuditOperations;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Three entries: {@code ann} shifted {@code order-board} under a gate, {@code bob} was let in, and a node registered it. */
public final class InMemoryAuditOperations implements AuditOperations {

    private static final Instant AT = Instant.parse("2026-03-10T12:00:00Z");

    /** Every query in order. */
    public final List<AuditQuery> queries = new ArrayList<>();

    private final AuditTrail trail = new AuditTrail(List.of(new Entries()));

    @Override
    public AuditPage trail(AuditQuery query) {
        queries.add(query);
        if (query.view() != null) {
            new InMemoryOperations().view(query.view());
        }
        return trail.page(query);
    }

    private static final class Entries implements AuditSource {

        @Override
        public String name() {
            return "changeover";
        }

        @Override
        public List<AuditEntry> entries(AuditQuery query) {
            return all().stream()
                    .filter(entry -> query.view() == null || query.view().equals(entry.view()))
                    .filter(entry -> query.actor() == null || query.actor().equals(entry.actor()))
                    .filter(entry -> query.since() == null || !entry.at().isBefore(query.since()))
                    .filter(entry -> query.before() == null
                            || entry.at().isBefore(query.before().at()))
                    .limit(query.limit())
                    .toList();
        }

        private static List<AuditEntry> all() {
            return List.of(
                    new AuditEntry(
                            AT,
                            "changeover",
                            1_003,
                            "order-board",
                            "ann",
                            "reads-shifted",
                            "order-board",
                            "10 % of readers on the new version, 0 % before",
                            "<b>first step</b>",
                            List.of(new GateReading("lag", GateReading.Verdict.PASS, "2", "at most 100", "")),
                            null),
                    AuditEntry.of(AT.minusSeconds(1), "access", 7, null, "bob", "signed-in", "bob", "", ""),
                    AuditEntry.of(
                            AT.minusSeconds(2),
                            "changeover",
                            1,
                            "order-board",
                            "",
                            "view-registered",
                            "order-board",
                            "version 1 serves",
                            ""));
        }
    }
}
