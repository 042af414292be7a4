package io.changeover.reconcile;

import io.changeover.parity.DifferingRow;
import io.changeover.parity.ExactJson;
import io.changeover.parity.ParityReport.Verdict;
import io.changeover.projection.ProjectionStore;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.ObjectMapper;

/**
 * What is known about pairs, in PostgreSQL. Whatever follows from a look is written in one transaction, and only while the
 * node has the claim. Claims run by the clock of the database, so that those of the nodes need not agree.
 */
final class ReconciliationStore {

    /**
     * What is known about a pair.
     *
     * @param position position up to which touched keys were compared, or null before the first look
     */
    record Row(
            @Nullable Long position,
            @Nullable OffsetDateTime leftBuilt,
            @Nullable OffsetDateTime rightBuilt,
            Set<String> waiting,
            boolean fullWanted,
            long rowsCompared,
            long more,
            boolean alerting,
            @Nullable Instant incrementalAt,
            @Nullable Instant fullAt,
            @Nullable Verdict fullVerdict,
            @Nullable String failure,
            @Nullable String claimedBy,
            long kept) {

        /** Rows that differ. */
        long differing() {
            return kept + more;
        }
    }

    /**
     * What a look has come to.
     *
     * @param position position up to which touched keys are compared now
     * @param settled homes that were compared; whatever of them differed before and was not found again is equal now
     * @param found rows that differ
     * @param waiting homes to look at again, whatever happens
     * @param compared rows that were compared
     */
    record Look(long position, Set<String> settled, KeptRows found, Set<String> waiting, long compared) {}

    private static final String PAIR = "view = ? and left_version = ? and right_version = ?";

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transactions;
    private final ObjectMapper json;

    ReconciliationStore(ProjectionStore store) {
        this.jdbc = store.jdbc();
        this.transactions = store.transactions();
        this.json = store.json();
    }

    /**
     * Takes the pair for the node.
     *
     * @param demanded whether to take it though it is not due
     * @return what is known about it; empty when it is not due, or another node has it
     */
    Optional<Row> claim(VersionPair pair, String node, Duration lease, boolean demanded) {
        jdbc.update(
                "insert into changeover.reconciliation (view, left_version, right_version) values (?, ?, ?) on conflict do nothing",
                parameters(pair));
        int claimed = jdbc.update(
                """
                update changeover.reconciliation
                set claimed_by = ?, claimed_until = clock_timestamp() + ? * interval '1 millisecond'
                where %s and (? or due_at <= clock_timestamp())
                    and (claimed_by is null or claimed_by = ? or claimed_until < clock_timestamp())
                """
                        .formatted(PAIR),
                node,
                lease.toMillis(),
                pair.view(),
                pair.left().version(),
                pair.right().version(),
                demanded,
                node);
        return claimed == 0 ? Optional.empty() : find(pair);
    }

    /** @throws RunEndedException when another node has taken over */
    void renew(VersionPair pair, String node, Duration lease) {
        requireClaim(
                pair,
                node,
                jdbc.update(
                        "update changeover.reconciliation set claimed_until = clock_timestamp() + ? * interval '1 millisecond' where %s and claimed_by = ?"
                                .formatted(PAIR),
                        parameters(lease.toMillis(), pair, node)));
    }

    /** Gives the pair back. Does nothing when another node has it. */
    void release(VersionPair pair, String node, Duration untilDue) {
        jdbc.update(
                """
                update changeover.reconciliation
                set claimed_by = null, claimed_until = null, due_at = clock_timestamp() + ? * interval '1 millisecond'
                where %s and claimed_by = ?
                """
                        .formatted(PAIR),
                parameters(untilDue.toMillis(), pair, node));
    }

    /** What is known about the pair; empty before anybody claimed it. */
    Optional<Row> find(VersionPair pair) {
        return jdbc
                .query(
                        """
                        select r.*, case when claimed_until >= clock_timestamp() then claimed_by end as worked_on_by,
                            (select count(*) from changeover.drift d where d.view = r.view
                                and d.left_version = r.left_version and d.right_version = r.right_version) as kept
                        from changeover.reconciliation r where %s
                        """
                                .formatted(PAIR),
                        (result, index) -> row(result),
                        parameters(pair))
                .stream()
                .findFirst();
    }

    /** Begins anew at a position: nothing that was compared before counts until all rows are compared. */
    void begin(VersionPair pair, String node, Standing standing) {
        requireClaim(
                pair,
                node,
                jdbc.update(
                        """
                        update changeover.reconciliation
                        set position = ?, left_built_at = ?, right_built_at = ?, full_wanted = true
                        where %s and claimed_by = ?
                        """
                                .formatted(PAIR),
                        standing.low(),
                        standing.leftBuilt(),
                        standing.rightBuilt(),
                        pair.view(),
                        pair.left().version(),
                        pair.right().version(),
                        node));
    }

    /**
     * Writes down what a look at touched keys has come to.
     *
     * @return whether more rows differ now than may
     */
    boolean touched(VersionPair pair, String node, Look look, Instant now, long alertAbove) {
        return Boolean.TRUE.equals(transactions.execute(transaction -> {
            // The row of the pair first: it is what two nodes would meet at.
            requireClaim(
                    pair,
                    node,
                    jdbc.update(
                            """
                            update changeover.reconciliation
                            set position = ?, last_incremental_at = ?, rows_compared = rows_compared + ?, more = more + ?
                            where %s and claimed_by = ?
                            """
                                    .formatted(PAIR),
                            look.position(),
                            at(now),
                            look.compared(),
                            look.found().more(),
                            pair.view(),
                            pair.left().version(),
                            pair.right().version(),
                            node));
            Map<List<String>, OffsetDateTime> since = since(pair, look.settled());
            if (!since.isEmpty()) {
                deleteDrift(pair, look.settled());
            }
            insertDrift(pair, look.found().rows(), since, now);
            putWaiting(pair, look.waiting());
            return judge(pair, alertAbove);
        }));
    }

    /**
     * Writes down what a comparison of all rows has come to.
     *
     * @param began when it began
     * @param known whether what was known before is replaced; otherwise it is added to
     * @return whether more rows differ now than may
     */
    boolean all(
            VersionPair pair,
            String node,
            Look look,
            Verdict verdict,
            boolean known,
            Instant began,
            Instant now,
            long alertAbove) {
        return Boolean.TRUE.equals(transactions.execute(transaction -> {
            requireClaim(
                    pair,
                    node,
                    jdbc.update(
                            """
                            update changeover.reconciliation
                            set position = ?, last_full_at = ?, last_full_verdict = ?, full_wanted = false,
                                rows_compared = rows_compared + ?, more = ?
                            where %s and claimed_by = ?
                            """
                                    .formatted(PAIR),
                            look.position(),
                            at(began),
                            verdict.name(),
                            look.compared(),
                            look.found().more(),
                            pair.view(),
                            pair.left().version(),
                            pair.right().version(),
                            node));
            Map<List<String>, OffsetDateTime> since = since(pair, null);
            if (known) {
                jdbc.update("delete from changeover.drift where " + PAIR, parameters(pair));
            } else {
                deleteKeys(pair, look.found().rows());
            }
            insertDrift(pair, look.found().rows(), since, now);
            putWaiting(pair, look.waiting());
            return judge(pair, alertAbove);
        }));
    }

    /** Keeps why the pair cannot be compared, or that it can. */
    void outcome(VersionPair pair, String node, @Nullable String failure) {
        jdbc.update(
                "update changeover.reconciliation set failure = ? where %s and claimed_by = ? and failure is distinct from ?"
                        .formatted(PAIR),
                failure,
                pair.view(),
                pair.left().version(),
                pair.right().version(),
                node,
                failure);
    }

    /** Homes of rows that differ, those first that were not looked at for the longest time. */
    List<String> driftHomes(VersionPair pair, int limit) {
        return jdbc.queryForList(
                "select home from changeover.drift where %s group by home order by min(seen), home limit ?"
                        .formatted(PAIR),
                String.class,
                pair.view(),
                pair.left().version(),
                pair.right().version(),
                limit);
    }

    /** Keys of all rows that are kept. */
    Set<List<String>> keys(VersionPair pair) {
        return new HashSet<>(jdbc.query(
                "select key from changeover.drift where " + PAIR,
                (result, index) -> texts(result, "key"),
                parameters(pair)));
    }

    /** Rows that differ, those first that differ the longest. */
    List<DriftingRow> drift(VersionPair pair, int limit) {
        return jdbc.query(
                "select * from changeover.drift where %s order by since, key limit ?".formatted(PAIR),
                (result, index) -> new DriftingRow(
                        result.getString("kind"),
                        result.getString("home"),
                        texts(result, "key"),
                        texts(result, "fields"),
                        fields(result.getString("left_record")),
                        fields(result.getString("right_record")),
                        result.getObject("since", OffsetDateTime.class).toInstant(),
                        result.getObject("seen", OffsetDateTime.class).toInstant()),
                pair.view(),
                pair.left().version(),
                pair.right().version(),
                limit);
    }

    /** Decides about the alert, and asks for all rows where only they can tell what became of those that are not kept. */
    private boolean judge(VersionPair pair, long alertAbove) {
        Row row = find(pair).orElseThrow();
        boolean alert = row.differing() > alertAbove;
        if (alert != row.alerting()) {
            jdbc.update(
                    "update changeover.reconciliation set alerting = ? where " + PAIR,
                    alert,
                    pair.view(),
                    pair.left().version(),
                    pair.right().version());
        }
        if (row.more() > 0 && row.kept() == 0 && !row.fullWanted()) {
            jdbc.update("update changeover.reconciliation set full_wanted = true where " + PAIR, parameters(pair));
        }
        return alert;
    }

    private Map<List<String>, OffsetDateTime> since(VersionPair pair, @Nullable Collection<String> homes) {
        Map<List<String>, OffsetDateTime> since = new HashMap<>();
        jdbc.query(
                "select key, since from changeover.drift where %s%s"
                        .formatted(PAIR, homes == null ? "" : " and home = any(?)"),
                statement -> {
                    set(statement, pair);
                    if (homes != null) {
                        setTexts(statement, 4, homes);
                    }
                },
                result -> {
                    since.put(texts(result, "key"), result.getObject("since", OffsetDateTime.class));
                });
        return since;
    }

    private void deleteDrift(VersionPair pair, Collection<String> homes) {
        jdbc.update("delete from changeover.drift where %s and home = any(?)".formatted(PAIR), statement -> {
            set(statement, pair);
            setTexts(statement, 4, homes);
        });
    }

    private void deleteKeys(VersionPair pair, List<DifferingRow> rows) {
        jdbc.batchUpdate(
                "delete from changeover.drift where %s and key = ?".formatted(PAIR), rows, 1_000, (statement, row) -> {
                    set(statement, pair);
                    setTexts(statement, 4, row.key());
                });
    }

    private void insertDrift(
            VersionPair pair, List<DifferingRow> rows, Map<List<String>, OffsetDateTime> since, Instant now) {
        jdbc.batchUpdate(
                """
                insert into changeover.drift (view, left_version, right_version, home, key, kind, fields, left_record,
                    right_record, since, seen)
                values (?, ?, ?, ?, ?, ?, ?, ?::json, ?::json, ?, ?)
                on conflict (view, left_version, right_version, key) do update
                set home = excluded.home, kind = excluded.kind, fields = excluded.fields,
                    left_record = excluded.left_record, right_record = excluded.right_record, seen = excluded.seen
                """,
                rows,
                1_000,
                (statement, row) -> {
                    set(statement, pair);
                    statement.setString(4, row.home());
                    setTexts(statement, 5, row.key());
                    statement.setString(6, row.kind().name().toLowerCase(Locale.ROOT));
                    setTexts(statement, 7, row.fields());
                    statement.setString(8, text(row.left()));
                    statement.setString(9, text(row.right()));
                    statement.setObject(10, since.getOrDefault(row.key(), at(now)));
                    statement.setObject(11, at(now));
                });
    }

    private void putWaiting(VersionPair pair, Set<String> waiting) {
        jdbc.update(
                "update changeover.reconciliation set waiting = ? where %s and waiting <> ?".formatted(PAIR),
                statement -> {
                    setTexts(statement, 1, waiting);
                    statement.setString(2, pair.view());
                    statement.setInt(3, pair.left().version());
                    statement.setInt(4, pair.right().version());
                    setTexts(statement, 5, waiting);
                });
    }

    private static void requireClaim(VersionPair pair, String node, int updated) {
        if (updated == 0) {
            throw new RunEndedException("Another node has taken over %s from '%s'".formatted(pair, node), true);
        }
    }

    private static Row row(ResultSet result) throws SQLException {
        long position = result.getLong("position");
        boolean begun = !result.wasNull();
        String verdict = result.getString("last_full_verdict");
        return new Row(
                begun ? position : null,
                result.getObject("left_built_at", OffsetDateTime.class),
                result.getObject("right_built_at", OffsetDateTime.class),
                new LinkedHashSet<>(texts(result, "waiting")),
                result.getBoolean("full_wanted"),
                result.getLong("rows_compared"),
                result.getLong("more"),
                result.getBoolean("alerting"),
                instant(result, "last_incremental_at"),
                instant(result, "last_full_at"),
                verdict == null ? null : Verdict.valueOf(verdict),
                result.getString("failure"),
                result.getString("worked_on_by"),
                result.getLong("kept"));
    }

    private static @Nullable Instant instant(ResultSet result, String column) throws SQLException {
        OffsetDateTime time = result.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static List<String> texts(ResultSet result, String column) throws SQLException {
        return List.copyOf(Arrays.asList((String[]) result.getArray(column).getArray()));
    }

    private static void set(PreparedStatement statement, VersionPair pair) throws SQLException {
        statement.setString(1, pair.view());
        statement.setInt(2, pair.left().version());
        statement.setInt(3, pair.right().version());
    }

    private static void setTexts(PreparedStatement statement, int index, Collection<String> texts) throws SQLException {
        statement.setArray(index, statement.getConnection().createArrayOf("text", texts.toArray()));
    }

    private static Object[] parameters(VersionPair pair) {
        return new Object[] {pair.view(), pair.left().version(), pair.right().version()};
    }

    private static Object[] parameters(long first, VersionPair pair, String last) {
        return new Object[] {
            first, pair.view(), pair.left().version(), pair.right().version(), last
        };
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private @Nullable String text(@Nullable Map<String, @Nullable Object> record) {
        return record == null ? null : json.writeValueAsString(record);
    }

    private @Nullable Map<String, @Nullable Object> fields(@Nullable String text) {
        return text == null ? null : ExactJson.record(text);
    }
}
