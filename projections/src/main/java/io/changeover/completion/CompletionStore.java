package io.changeover.completion;

import io.changeover.changeover.Disposal.Stage;
import io.changeover.projection.ProjectionStore;
import io.changeover.view.VersionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** What was carried out, in PostgreSQL. Works in the surrounding transaction. */
final class CompletionStore {

    private final ProjectionStore store;
    private final String node;

    CompletionStore(ProjectionStore store, String node) {
        this.store = store;
        this.node = node;
    }

    /** Keeps other nodes from the end of the version until the transaction ends; false when one is at it. */
    boolean tryLock(VersionId version) {
        return Boolean.TRUE.equals(store.jdbc()
                .queryForObject(
                        "select pg_try_advisory_xact_lock(hashtextextended(?, 0))",
                        Boolean.class,
                        "changeover:completion:" + version));
    }

    Optional<CarriedOut> find(VersionId version) {
        return Optional.ofNullable(of(version.view()).get(version.version()));
    }

    /** All of the view, by number of version. */
    Map<Integer, CarriedOut> of(String view) {
        Map<Integer, CarriedOut> all = new TreeMap<>();
        store.jdbc()
                .query(
                        """
                        select version, stage, changeover, sequence, kept_state, kept_table, kept_indexes
                        from changeover.completion where view = ?
                        """,
                        row -> {
                            all.put(row.getInt(1), carriedOut(row));
                        },
                        view);
        return all;
    }

    private CarriedOut carriedOut(ResultSet row) throws SQLException {
        Map<String, String> indexes = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> index :
                store.json().readTree(row.getString(7)).properties()) {
            indexes.put(index.getKey(), index.getValue().asString());
        }
        return new CarriedOut(
                Stage.valueOf(row.getString(2)),
                row.getString(3),
                row.getLong(4),
                row.getString(5),
                row.getString(6),
                indexes);
    }

    void put(VersionId version, CarriedOut now) {
        store.jdbc()
                .update(
                        """
                        insert into changeover.completion (view, version, stage, changeover, sequence, kept_state, kept_table,
                            kept_indexes, node)
                        values (?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?)
                        on conflict (view, version) do update
                        set stage = excluded.stage, changeover = excluded.changeover, sequence = excluded.sequence,
                            kept_state = excluded.kept_state, kept_table = excluded.kept_table,
                            kept_indexes = excluded.kept_indexes, node = excluded.node, carried_out_at = clock_timestamp()
                        """,
                        version.view(),
                        version.version(),
                        now.stage().name(),
                        now.changeover(),
                        now.sequence(),
                        now.keptState(),
                        now.keptTable(),
                        store.json().writeValueAsString(now.keptIndexes()),
                        node);
    }
}
