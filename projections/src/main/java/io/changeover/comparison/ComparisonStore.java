package io.changeover.comparison;

import io.changeover.comparison.Comparison.State;
import io.changeover.parity.DifferingRow.Kind;
import io.changeover.parity.ExactJson;
import io.changeover.parity.ParityProgress;
import io.changeover.parity.ParityReport;
import io.changeover.projection.ProjectionStore;
import io.changeover.view.VersionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;

/** Comparisons and their differences in PostgreSQL. */
final class ComparisonStore {

    private static final String SELECT =
            """
            select id, view, left_version, right_version, keys, components, state, node, actor, reason, progress, report,
                note, failure, started_at, ended_at
            from changeover.comparison
            """;

    private final ProjectionStore store;
    private final RowMapper<Comparison> comparison = (row, index) -> comparison(row);
    private final RowMapper<StoredDifference> difference = (row, index) -> difference(row);

    ComparisonStore(ProjectionStore store) {
        this.store = store;
    }

    /**
     * A comparison that somebody works on.
     *
     * @param claim of whoever does
     * @param heardAt when that one was last heard of
     */
    record Running(UUID id, VersionId left, VersionId right, String node, UUID claim, Instant heardAt) {}

    /** Whether it was begun; not when one of the same versions runs already. */
    boolean begin(Run run, List<String> keys, List<String> components, String node, String actor, String reason) {
        OffsetDateTime now = now();
        return store.jdbc()
                        .update(
                                """
                                insert into changeover.comparison (id, view, left_version, right_version, keys, components,
                                    state, node, claim, heard_at, actor, reason, started_at)
                                values (?, ?, ?, ?, ?, ?, 'RUNNING', ?, ?, ?, ?, ?, ?)
                                on conflict (view, left_version, right_version) where state = 'RUNNING' do nothing
                                """,
                                run.id(),
                                run.left().view(),
                                run.left().version(),
                                run.right().version(),
                                keys.toArray(String[]::new),
                                components.toArray(String[]::new),
                                node,
                                run.claim(),
                                now,
                                actor,
                                reason,
                                now)
                == 1;
    }

    Optional<UUID> running(VersionId left, VersionId right) {
        return store
                .jdbc()
                .queryForList(
                        "select id from changeover.comparison where view = ? and left_version = ? and right_version = ? and state = 'RUNNING'",
                        UUID.class,
                        left.view(),
                        left.version(),
                        right.version())
                .stream()
                .findFirst();
    }

    List<Running> running() {
        return store.jdbc()
                .query(
                        """
                        select id, view, left_version, right_version, node, claim, heard_at
                        from changeover.comparison where state = 'RUNNING' order by started_at
                        """,
                        (row, index) -> new Running(
                                row.getObject(1, UUID.class),
                                new VersionId(row.getString(2), row.getInt(3)),
                                new VersionId(row.getString(2), row.getInt(4)),
                                row.getString(5),
                                row.getObject(6, UUID.class),
                                instant(row, 7)));
    }

    /** Whether the run has the comparison from now on; not when somebody else has taken it, or its owner lives. */
    boolean take(Running found, Run run, String node) {
        return store.jdbc()
                        .update(
                                """
                                update changeover.comparison set node = ?, claim = ?, heard_at = ?
                                where id = ? and claim = ? and heard_at = ? and state = 'RUNNING'
                                """,
                                node,
                                run.claim(),
                                now(),
                                run.id(),
                                found.claim(),
                                found.heardAt().atOffset(ZoneOffset.UTC))
                == 1;
    }

    /** Says that the run is alive; false when it is no longer the run's. */
    boolean heard(Run run) {
        return store.jdbc()
                        .update(
                                "update changeover.comparison set heard_at = ? where id = ? and claim = ? and state = 'RUNNING'",
                                now(),
                                run.id(),
                                run.claim())
                == 1;
    }

    /** Lets another node take it over at once. */
    void release(Run run) {
        store.jdbc()
                .update(
                        "update changeover.comparison set heard_at = 'epoch' where id = ? and claim = ? and state = 'RUNNING'",
                        run.id(),
                        run.claim());
    }

    void failed(Run run, String failure) {
        store.jdbc()
                .update(
                        """
                        update changeover.comparison set state = 'FAILED', failure = ?, ended_at = ?
                        where id = ? and claim = ? and state = 'RUNNING'
                        """,
                        failure,
                        now(),
                        run.id(),
                        run.claim());
    }

    boolean cancel(UUID id, @Nullable String note) {
        return store.jdbc()
                        .update(
                                """
                                update changeover.comparison set state = 'CANCELLED', note = ?, ended_at = ?
                                where id = ? and state = 'RUNNING'
                                """,
                                note,
                                now(),
                                id)
                == 1;
    }

    Optional<Comparison> find(UUID id) {
        return store.jdbc().query(SELECT + "where id = ?", comparison, id).stream()
                .findFirst();
    }

    List<Comparison> list(String view, @Nullable State state, int limit) {
        return store.jdbc()
                .query(
                        SELECT
                                + "where view = ? and (?::text is null or state = ?) order by started_at desc, id limit ?",
                        comparison,
                        view,
                        state == null ? null : state.name(),
                        state == null ? null : state.name(),
                        limit);
    }

    /** @throws tools.jackson.core.JacksonException when another release has written it in another form */
    @Nullable
    ParityProgress progress(UUID id) {
        String text = store.jdbc()
                .queryForObject("select progress from changeover.comparison where id = ?", String.class, id);
        return text == null ? null : read(text, ParityProgress.class);
    }

    /** The last number that a difference has; 0 where there is none. */
    long lastNumber(UUID id) {
        return Objects.requireNonNull(store.jdbc()
                .queryForObject(
                        "select coalesce(max(number), 0) from changeover.comparison_difference where comparison = ?",
                        Long.class,
                        id));
    }

    long count(UUID id) {
        return Objects.requireNonNull(store.jdbc()
                .queryForObject(
                        "select count(*) from changeover.comparison_difference where comparison = ?", Long.class, id));
    }

    List<StoredDifference> differences(UUID id, long after, int limit) {
        return store.jdbc()
                .query(
                        """
                        select number, kind, home, key, fields, left_record, right_record
                        from changeover.comparison_difference
                        where comparison = ? and number > ? order by number limit ?
                        """,
                        difference,
                        id,
                        after,
                        limit);
    }

    Range range(Run run, long number, ComparisonOptions options) {
        return new Range(store.jdbc(), store.json(), run, number, options);
    }

    /** Removes comparisons that ended longer ago, but for the latest, and the latest that is done, of two versions. */
    int removeOld(Duration retention) {
        OffsetDateTime before = now().minus(retention);
        List<UUID> old = store.jdbc()
                .queryForList(
                        """
                        select id from changeover.comparison c
                        where ended_at < ?
                            and exists (select from changeover.comparison later
                                where (later.view, later.left_version, later.right_version)
                                    = (c.view, c.left_version, c.right_version)
                                and (later.started_at, later.id) > (c.started_at, c.id))
                            and (state <> 'DONE' or exists (select from changeover.comparison later
                                where (later.view, later.left_version, later.right_version)
                                    = (c.view, c.left_version, c.right_version)
                                and (later.started_at, later.id) > (c.started_at, c.id) and later.state = 'DONE'))
                        """,
                        UUID.class,
                        before);
        for (UUID id : old) {
            store.transactions().executeWithoutResult(transaction -> {
                store.jdbc().update("delete from changeover.comparison where id = ?", id);
                store.jdbc().update("delete from changeover.comparison_difference where comparison = ?", id);
            });
        }
        return old.size();
    }

    OffsetDateTime now() {
        return store.clock().instant().atOffset(ZoneOffset.UTC);
    }

    private Comparison comparison(ResultSet row) throws SQLException {
        String progress = row.getString(11);
        String report = row.getString(12);
        return new Comparison(
                row.getObject(1, UUID.class),
                new VersionId(row.getString(2), row.getInt(3)),
                new VersionId(row.getString(2), row.getInt(4)),
                texts(row, 5),
                texts(row, 6),
                State.valueOf(row.getString(7)),
                row.getString(8),
                row.getString(9),
                row.getString(10),
                progress == null ? null : read(progress, ParityProgress.class),
                report == null ? null : read(report, ParityReport.class),
                row.getString(13),
                row.getString(14),
                instant(row, 15),
                row.getObject(16) == null ? null : instant(row, 16));
    }

    private StoredDifference difference(ResultSet row) throws SQLException {
        return new StoredDifference(
                row.getLong(1),
                Kind.valueOf(row.getString(2)),
                row.getString(3),
                texts(row, 4),
                texts(row, 5),
                tree(row.getString(6)),
                tree(row.getString(7)));
    }

    /** Samples hold values of rows, of which no digit may get lost. */
    private <T> T read(String text, Class<T> type) {
        return store.json()
                .readerFor(type)
                .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .readValue(text);
    }

    private @Nullable JsonNode tree(@Nullable String text) {
        return text == null ? null : ExactJson.read(text);
    }

    private static List<String> texts(ResultSet row, int column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
