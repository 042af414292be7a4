package io.changeover.benchmark.parity;

import io.changeover.benchmark.invoice.InvoiceEntry;
import io.changeover.benchmark.invoice.InvoiceNode;
import io.changeover.benchmark.invoice.InvoiceRows;
import io.changeover.benchmark.replay.store.Database;
import io.changeover.view.VersionId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * What a team would write to compare two versions by hand: both sides ordered by key through a cursor each, records made
 * of the rows, and {@code equals}. It knows nothing of writers, so it is right only while nobody writes.
 */
final class HandWritten {

    static final int FETCH_SIZE = 2_000;

    @FunctionalInterface
    private interface Reading {

        InvoiceEntry of(ResultSet row) throws SQLException;
    }

    /** The rows of a cursor, one after the other. */
    private static final class Rows implements Iterator<InvoiceEntry> {

        private final ResultSet result;
        private final Reading reading;
        private boolean ahead;
        private boolean more;

        Rows(ResultSet result, Reading reading) {
            this.result = result;
            this.reading = reading;
        }

        @Override
        public boolean hasNext() {
            try {
                more = ahead ? more : result.next();
                ahead = true;
                return more;
            } catch (SQLException e) {
                throw new IllegalStateException(e.getMessage(), e);
            }
        }

        @Override
        public InvoiceEntry next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            ahead = false;
            try {
                return reading.of(result);
            } catch (SQLException e) {
                throw new IllegalStateException(e.getMessage(), e);
            }
        }
    }

    private HandWritten() {}

    /** Compares a version in the old shape with one in the new. */
    static OrderedMerge.Counts compare(Database store, VersionId old, VersionId latest) {
        try (Connection one = store.connect();
                Connection other = store.connect();
                PreparedStatement left = statement(one, InvoiceRows.OLD_COLUMNS, old);
                PreparedStatement right = statement(other, InvoiceRows.NEW_COLUMNS, latest);
                ResultSet leftRows = left.executeQuery();
                ResultSet rightRows = right.executeQuery()) {
            return OrderedMerge.of(
                    new Rows(leftRows, InvoiceRows::ofOld),
                    new Rows(rightRows, InvoiceRows::ofNew),
                    InvoiceEntry::invoiceId);
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private static PreparedStatement statement(Connection connection, String columns, VersionId version)
            throws SQLException {
        connection.setAutoCommit(false); // without a transaction the driver reads everything at once
        PreparedStatement statement = connection.prepareStatement(
                "select %s from %s order by invoice_id".formatted(columns, InvoiceNode.table(version)));
        statement.setFetchSize(FETCH_SIZE);
        return statement;
    }
}
