package io.changeover.benchmark.replay.contender;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/** Writes rows in the text format of COPY. */
final class RowCopy implements AutoCloseable {

    private static final int BUFFER = 1 << 16;

    private final Writer out;
    private final StringBuilder line = new StringBuilder();

    RowCopy(PGConnection connection, String sql) throws SQLException {
        out = new BufferedWriter(
                new OutputStreamWriter(new PGCopyOutputStream(connection, sql, BUFFER), StandardCharsets.UTF_8),
                BUFFER);
    }

    void write(BoardRow row, String changedAt, long position, String eventId) throws IOException {
        line.setLength(0);
        text(row.orderId).append('\t');
        text(row.customerId).append('\t');
        text(row.customerName).append('\t');
        text(row.contactGivenName).append('\t');
        text(row.contactFamilyName).append('\t');
        line.append(row.orderDate).append('\t').append(row.requiredDate).append('\t');
        line.append(orNull(row.shippedDate)).append('\t').append(orNull(row.status));
        line.append('\t').append(row.lineCount);
        line.append('\t').append(row.pieceCount);
        line.append('\t').append(row.totalMinorUnits).append('\t');
        text(row.currency).append('\t').append(changedAt);
        line.append('\t').append(position).append('\t').append(eventId).append('\n');
        out.append(line);
    }

    private static String orNull(@Nullable Object value) {
        return value == null ? "\\N" : Objects.toString(value);
    }

    private StringBuilder text(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> line.append("\\\\");
                case '\t' -> line.append("\\t");
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                default -> line.append(c);
            }
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
