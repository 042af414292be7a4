package io.changeover.repair;

import io.changeover.parity.ExactJson;
import io.changeover.projection.ProjectionStore;
import io.changeover.view.VersionId;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

/** The audit trail of repairs, in PostgreSQL. Works in the surrounding transaction. */
final class RepairLog {

    private final ProjectionStore store;

    RepairLog(ProjectionStore store) {
        this.store = store;
    }

    void add(VersionId version, HomeRepair home, RepairRequest request) {
        store.jdbc()
                .update(
                        """
                        insert into changeover.repaired_home
                            (repair, view, version, home, rows_before, rows_after, actor, reason, repaired_at)
                        values (?, ?, ?, ?, ?::json, ?::json, ?, ?, ?)
                        """,
                        request.id(),
                        version.view(),
                        version.version(),
                        home.home(),
                        store.json().writeValueAsString(home.before()),
                        store.json().writeValueAsString(home.after()),
                        storable(request.actor()),
                        storable(request.reason()),
                        store.clock().instant().atOffset(ZoneOffset.UTC));
    }

    /** PostgreSQL has no place for this character. */
    private static String storable(String text) {
        return text.replace('\0', '?');
    }

    List<RepairedHome> of(String view, int limit) {
        return store.jdbc()
                .query(
                        """
                        select repair, version, home, rows_before, rows_after, actor, reason, repaired_at
                        from changeover.repaired_home where view = ? order by id desc limit ?
                        """,
                        (result, index) -> new RepairedHome(
                                result.getString(1),
                                new VersionId(view, result.getInt(2)).toString(),
                                result.getString(3),
                                ExactJson.read(result.getString(4)),
                                ExactJson.read(result.getString(5)),
                                result.getString(6),
                                result.getString(7),
                                result.getObject(8, OffsetDateTime.class).toInstant()),
                        view,
                        limit);
    }
}
