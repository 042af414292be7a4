package io.changeover.app.access;

import io.changeover.audit.AuditEntry;
import io.changeover.audit.AuditQuery;
import io.changeover.audit.AuditSource;
import java.time.OffsetDateTime;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Who was let in or not, and who gave whom which right. None of it is about a view. */
final class AccessEntries implements AuditSource {

    private final JdbcTemplate database;

    AccessEntries(DataSource dataSource) {
        this.database = new JdbcTemplate(dataSource);
    }

    @Override
    public String name() {
        return "access";
    }

    @Override
    public List<AuditEntry> entries(AuditQuery query) {
        if (query.view() != null) {
            return List.of();
        }
        return database.query(
                """
                select id, at, actor, action, subject, detail from changeover.access_entry
                where (?::text is null or actor = ?) and (?::timestamptz is null or at >= ?::timestamptz)
                and (?::timestamptz is null or (at, id) < (?::timestamptz, ?))
                order by at desc, id desc limit ?
                """,
                (row, index) -> AuditEntry.of(
                        row.getObject(2, OffsetDateTime.class).toInstant(),
                        name(),
                        row.getLong(1),
                        null,
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        ""),
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
