package io.changeover.completion;

import io.changeover.changeover.Disposal.Stage;
import io.changeover.projection.ProjectionStore;
import io.changeover.projection.RowTable;
import io.changeover.projection.VersionState;
import io.changeover.view.HandlerVersion;
import io.changeover.view.VersionId;
import io.changeover.view.Versions;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * What the stages of an end do to the database, each in the surrounding transaction. Tables of versions that a component
 * builds are the team's own, and stay as they are.
 */
final class StageSteps {

    private static final int LONGEST_PREFIX = 40;
    private static final int ID_LETTERS = 6;

    private final ProjectionStore store;
    private final Versions versions;

    StageSteps(ProjectionStore store, Versions versions) {
        this.store = store;
        this.versions = versions;
    }

    /**
     * Claims the version's tokens, so that no node is at it.
     *
     * @throws org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException when a node still is; a retry helps
     *     once that one has stopped
     */
    void claim(VersionId version) {
        String name = version.toString();
        for (int segment : store.tokens().fetchSegments(name)) {
            store.tokens().fetchToken(name, segment);
        }
        // Whoever still reads the table must not hold up everybody who comes after us.
        store.jdbc().execute("set local lock_timeout = '3s'");
    }

    /** Gives the claims back with the end of the transaction, so that a restored version need not wait for them. */
    void release(VersionId version) {
        String name = version.toString();
        for (int segment : store.tokens().fetchSegments(name)) {
            store.tokens().releaseClaim(name, segment);
        }
    }

    /** Gives the table another name, so that nothing finds it; tokens and dead letters stay. */
    CarriedOut purge(VersionId version, String changeover, long sequence) {
        String state = store
                .jdbc()
                .queryForList(
                        "select state from changeover.view_version where view = ? and version = ?",
                        String.class,
                        version.view(),
                        version.version())
                .stream()
                .findFirst()
                .orElse(null);
        putState(version, VersionState.Stage.PURGED.name());
        String table = version.tableName();
        if (!isOurs(version) || !exists(table)) {
            return new CarriedOut(Stage.PURGED, changeover, sequence, state, null, Map.of());
        }
        String letters = changeover.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        String kept = table + "_purged_" + letters.substring(0, Math.min(ID_LETTERS, letters.length()));
        Map<String, String> indexes = new LinkedHashMap<>();
        store.jdbc()
                .query(
                        """
                        select c.relname, c.oid from pg_index i join pg_class c on c.oid = i.indexrelid
                        where i.indrelid = ?::regclass order by c.oid
                        """,
                        row -> {
                            String name = row.getString(1);
                            indexes.put(
                                    "%s_purged_%d"
                                            .formatted(
                                                    name.substring(0, Math.min(LONGEST_PREFIX, name.length())),
                                                    row.getLong(2)),
                                    name);
                        },
                        qualified(table));
        jdbc().execute("alter table %s rename to %s".formatted(qualified(table), quoted(kept)));
        indexes.forEach((now, former) ->
                jdbc().execute("alter index %s rename to %s".formatted(qualified(former), quoted(now))));
        return new CarriedOut(Stage.PURGED, changeover, sequence, state, kept, indexes);
    }

    /** Gives the table its name back, so that projection goes on from the token that was kept. */
    void restore(VersionId version, CarriedOut purged) {
        store.jdbc().execute("set local lock_timeout = '3s'");
        String kept = purged.keptTable();
        if (kept != null) {
            jdbc().execute("alter table %s rename to %s".formatted(qualified(kept), quoted(version.tableName())));
            purged.keptIndexes().forEach((now, former) -> jdbc().execute(
                            "alter index if exists %s rename to %s".formatted(qualified(now), quoted(former))));
        }
        if (purged.keptState() != null) {
            putState(version, purged.keptState());
        }
    }

    /** Removes the table, tokens, dead letters and whatever else is known of the version but its audit. */
    void drop(VersionId version, @Nullable CarriedOut before) {
        if (before != null && before.stage() == Stage.PURGED) {
            if (before.keptTable() != null) {
                jdbc().execute("drop table if exists " + qualified(before.keptTable()));
            }
        } else if (isOurs(version)) {
            jdbc().execute("drop table if exists " + qualified(version.tableName()));
        }
        jdbc().update(
                        "delete from %s where processor_name = ?"
                                .formatted(store.table().tokens()),
                        version.toString());
        for (String table : List.of("dead_letter", "view_version", "fold_fingerprint")) {
            jdbc().update(
                            "delete from changeover.%s where view = ? and version = ?".formatted(table),
                            version.view(),
                            version.version());
        }
        for (String table : List.of("drift", "reconciliation")) {
            jdbc().update(
                            "delete from changeover.%s where view = ? and (left_version = ? or right_version = ?)"
                                    .formatted(table),
                            version.view(),
                            version.version(),
                            version.version());
        }
    }

    private void putState(VersionId version, String state) {
        jdbc().update(
                        "update changeover.view_version set state = ?, updated_at = ? where view = ? and version = ?",
                        state,
                        store.clock().instant().atOffset(ZoneOffset.UTC),
                        version.view(),
                        version.version());
    }

    private boolean isOurs(VersionId version) {
        return versions.find(version).filter(HandlerVersion.class::isInstance).isEmpty();
    }

    private boolean exists(String table) {
        return Boolean.TRUE.equals(
                jdbc().queryForObject("select to_regclass(?) is not null", Boolean.class, qualified(table)));
    }

    private JdbcOperations jdbc() {
        return store.jdbc();
    }

    private static String qualified(String name) {
        return RowTable.SCHEMA + "." + quoted(name);
    }

    /** Somebody else may have made an index, under any name. */
    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
