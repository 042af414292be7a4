package io.changeover.projection;

import io.changeover.projection.WorkingSet.Changes;
import io.changeover.sensitive.SensitiveValues;
import io.changeover.view.FoldedVersion;
import io.changeover.view.RowKey;
import io.changeover.view.VersionId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.core.JacksonException;

/** Rows and dead letters of one version, read and written for a working set inside the surrounding transaction. */
final class VersionStorage {

    private final FoldedVersion version;
    private final RowTable table;
    private final DeadLetterStore deadLetters;
    private final JdbcOperations jdbc;
    private final LongAdder written;

    /** @param written counts rows whose writing is committed */
    VersionStorage(
            FoldedVersion version,
            RowTable table,
            DeadLetterStore deadLetters,
            JdbcOperations jdbc,
            LongAdder written) {
        this.version = version;
        this.table = table;
        this.deadLetters = deadLetters;
        this.jdbc = jdbc;
        this.written = written;
    }

    VersionId id() {
        return version.id();
    }

    RowTable table() {
        return table;
    }

    DeadLetterStore deadLetters() {
        return deadLetters;
    }

    /** Makes the set know rows and parked state of the homes. */
    void load(WorkingSet set, Set<Object> homes) {
        List<String> texts = homes.stream().map(Object::toString).toList();
        set.learn(homes, table.load(jdbc, homes), deadLetters.parkedAmong(version.id(), texts));
    }

    /** Makes the set know the rows of the homes and takes none of them for parked. */
    void loadUnparked(WorkingSet set, Set<Object> homes) {
        set.learn(homes, table.load(jdbc, homes), Set.of());
    }

    /**
     * Writes rows and letters of a set.
     *
     * @param bulk whether to write by COPY, which pays from some hundred rows on
     * @return homes whose rows the database refuses, each with the reason; if there are any, nothing was written
     */
    Map<String, String> write(WorkingSet set, boolean bulk) {
        return write(set.changes(), set.letters(), bulk ? CopyPace.FULL : null);
    }

    /**
     * Writes rows and letters.
     *
     * @param bulk told how far writing by COPY has come, or null to write by plain statements
     * @return homes whose rows the database refuses, each with the reason; if there are any, nothing was written
     */
    Map<String, String> write(Changes changes, List<Letter> letters, @Nullable CopyPace bulk) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException(
                    "Rows of '%s' would be written outside of a transaction and apart from their token; give Axon a TransactionManager on the same data source"
                            .formatted(version.id()));
        }
        if (!changes.isEmpty()) {
            RuntimeException refusal = attempt(() -> writeRows(changes, bulk), false);
            if (refusal != null) {
                table.createKey(jdbc); // by which single rows are written; it goes again with this transaction
                Map<String, String> culprits = new HashMap<>();
                List<StoredRow> rows = new ArrayList<>(changes.fresh());
                rows.addAll(changes.changed());
                findCulprits(rows, culprits);
                if (culprits.isEmpty()) {
                    throw refusal;
                }
                return culprits;
            }
            countWhenCommitted(changes.fresh().size()
                    + changes.changed().size()
                    + changes.deleted().size());
        }
        if (!letters.isEmpty()) {
            deadLetters.park(version.id(), letters);
        }
        return Map.of();
    }

    private void countWhenCommitted(int rows) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                written.add(rows);
            }
        });
    }

    private void writeRows(Changes changes, @Nullable CopyPace bulk) {
        if (!changes.deleted().isEmpty()) {
            table.delete(jdbc, changes.deleted());
        }
        if (bulk != null) {
            if (!changes.fresh().isEmpty()) {
                table.copyNew(jdbc, changes.fresh(), bulk);
            }
            if (!changes.changed().isEmpty()) {
                table.copyChanged(jdbc, changes.changed(), bulk);
            }
        } else {
            List<StoredRow> rows = new ArrayList<>(changes.fresh());
            rows.addAll(changes.changed());
            if (!rows.isEmpty()) {
                table.upsert(jdbc, rows);
            }
        }
    }

    /** Halves the rows until those stand alone that the database refuses. Leaves nothing written. */
    private void findCulprits(List<StoredRow> rows, Map<String, String> culprits) {
        RuntimeException refusal = attempt(() -> table.upsert(jdbc, rows), true);
        if (refusal == null) {
            return;
        }
        if (rows.size() == 1) {
            RowKey key = version.rows().key(rows.get(0).row());
            culprits.put(
                    key.homeText(),
                    "the database refuses the row: %s"
                            .formatted(shown(refusal, rows.get(0).row())));
            return;
        }
        int half = rows.size() / 2;
        findCulprits(rows.subList(0, half), culprits);
        findCulprits(rows.subList(half, rows.size()), culprits);
    }

    /** Does the work within a savepoint and gives what the database refused, or null when it did not. */
    private @Nullable RuntimeException attempt(Runnable work, boolean undo) {
        Savepoint before = savepoint();
        try {
            work.run();
        } catch (DataAccessException | JacksonException | DateTimeException e) {
            rollBackTo(before);
            if (!refused(e)) {
                throw e;
            }
            return e;
        }
        if (undo) {
            rollBackTo(before);
        } else {
            release(before);
        }
        return null;
    }

    /** Data exceptions, constraint violations and limits of the program are about the row; all else may pass. */
    private static boolean refused(RuntimeException e) {
        if (e instanceof JacksonException || e instanceof DateTimeException) {
            return true;
        }
        SQLException cause = sqlException(e);
        String state = cause == null ? null : cause.getSQLState();
        return state != null && (state.startsWith("22") || state.startsWith("23") || state.startsWith("54"));
    }

    private static @Nullable SQLException sqlException(Throwable e) {
        for (Throwable each = e; each != null; each = each.getCause()) {
            if (each instanceof SQLException sql) {
                return sql.getNextException() != null ? sql.getNextException() : sql;
            }
        }
        return null;
    }

    /**
     * After its first line the database shows the row, and cuts what is long; in its first line it quotes what it refuses, in
     * a form of its own. So no value would be found there, and all of that is taken out.
     */
    private static String shown(RuntimeException refusal, Object row) {
        String message = rootMessage(refusal);
        if (!SensitiveValues.mayBeIn(row.getClass())) {
            return message;
        }
        String first = message.lines().findFirst().orElse(message);
        return SensitiveValues.of(List.of(row))
                .without(first.replaceAll("\"[^\"]*\"", "\"" + SensitiveValues.MASK + "\""));
    }

    private static String rootMessage(RuntimeException e) {
        SQLException cause = sqlException(e);
        return String.valueOf(cause != null ? cause.getMessage() : e.getMessage());
    }

    private Savepoint savepoint() {
        return Objects.requireNonNull(jdbc.execute((Connection connection) -> connection.setSavepoint()));
    }

    private void rollBackTo(Savepoint savepoint) {
        jdbc.execute((Connection connection) -> {
            connection.rollback(savepoint);
            return true;
        });
    }

    private void release(Savepoint savepoint) {
        jdbc.execute((Connection connection) -> {
            connection.releaseSavepoint(savepoint);
            return true;
        });
    }
}
