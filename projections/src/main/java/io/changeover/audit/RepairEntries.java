package io.changeover.audit;

import io.changeover.projection.ProjectionStore;
import io.changeover.view.VersionId;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;

/** Repairs, each as one entry however many homes it has put right. */
public final class RepairEntries implements AuditSource {

    private final ProjectionStore store;

    /** The entries of the repairs that the database keeps. */
    public RepairEntries(ProjectionStore store) {
        this.store = store;
    }

    @Override
    public String name() {
        return "repair";
    }

    @Override
    public List<AuditEntry> entries(AuditQuery query) {
        return store.jdbc()
                .query(
                        """
                        select first, begun_at, view, version, actor, reason, homes from (
                            select min(id) first, min(repaired_at) begun_at, view, version, actor, reason,
                                count(distinct home) homes
                            from changeover.repaired_home
                            where (?::text is null or view = ?) and (?::text is null or actor = ?)
                            group by repair, view, version, actor, reason) repairs
                        where (?::timestamptz is null or begun_at >= ?::timestamptz)
                        and (?::timestamptz is null or (begun_at, first) < (?::timestamptz, ?))
                        order by begun_at desc, first desc limit ?
                        """,
                        (row, index) -> {
                            String version = new VersionId(row.getString(3), row.getInt(4)).toString();
                            return AuditEntry.of(
                                    row.getObject(2, OffsetDateTime.class).toInstant(),
                                    name(),
                                    row.getLong(1),
                                    row.getString(3),
                                    row.getString(5),
                                    "repaired",
                                    version,
                                    String.format(
                                            Locale.ROOT,
                                            row.getLong(7) == 1
                                                    ? "%,d home made anew from its events"
                                                    : "%,d homes made anew from their events",
                                            row.getLong(7)),
                                    row.getString(6));
                        },
                        query.view(),
                        query.view(),
                        query.actor(),
                        query.actor(),
                        query.sinceAt(),
                        query.sinceAt(),
                        query.beforeAt(),
                        query.beforeAt(),
                        query.beforeNumber(name()),
                        query.limit());
    }
}
