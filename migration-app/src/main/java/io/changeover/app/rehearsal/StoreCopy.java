package io.changeover.app.rehearsal;

import io.changeover.stream.EventTable;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyOut;

/**
 * Fills an empty event store with events from elsewhere, each at its position. Only events are taken: everything else
 * follows from them, and is built anew by the application's own code.
 */
final class StoreCopy {

    private static final EventTable TABLE = EventTable.ofSpring();
    private static final List<String> COLUMNS = List.of(
            TABLE.columns().position(),
            TABLE.columns().aggregateId(),
            TABLE.columns().sequence(),
            TABLE.columns().aggregateType(),
            TABLE.columns().eventId(),
            TABLE.columns().metadata(),
            TABLE.columns().payload(),
            TABLE.columns().revision(),
            TABLE.columns().name(),
            TABLE.columns().time());

    private static final String OWN = "changeover:%";
    private static final Pattern COPY = Pattern.compile("COPY (\\S+) \\(([^)]*)\\) FROM stdin;");
    private static final Pattern ENCODING = Pattern.compile("SET client_encoding = '([A-Za-z0-9_-]{1,40})';");
    private static final byte[] CUSTOM = "PGDMP".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] GZIP = {0x1f, (byte) 0x8b};

    private final Connection target;

    /** @param target a connection in autocommit mode to a database with an empty store */
    StoreCopy(Connection target) {
        this.target = target;
    }

    /** @throws RehearsalFailure when the source cannot be read as a store, or has no event */
    void fill(Source source) throws SQLException, IOException {
        if (source instanceof Source.Dump dump) {
            fill(dump.file());
        } else if (source instanceof Source.Database database) {
            fill(database);
        } else {
            return;
        }
        try (Statement statement = target.createStatement()) {
            statement.execute("select setval(pg_get_serial_sequence('%1$s', '%2$s'), (select max(%2$s) from %1$s))"
                    .formatted(TABLE.events(), TABLE.columns().position()));
            statement.execute("analyze " + TABLE.events());
            try (ResultSet rows = statement.executeQuery("select exists (select from %s where %s not like '%s')"
                    .formatted(TABLE.events(), TABLE.columns().aggregateId(), OWN))) {
                rows.next();
                if (!rows.getBoolean(1)) {
                    throw new RehearsalFailure(
                            "The copy from %s has no event of the domain, and a rehearsal on nothing proves nothing; name a store that has some"
                                    .formatted(source.text()));
                }
            }
        }
    }

    private void fill(Source.Database source) throws SQLException {
        Properties properties = new Properties();
        if (source.user() != null) {
            properties.setProperty("user", source.user());
        }
        if (source.password() != null) {
            properties.setProperty("password", source.password());
        }
        try (Connection from = open(source, properties)) {
            from.setAutoCommit(false);
            from.setReadOnly(true);
            from.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            requireBytes(source, from);
            CopyOut out = from.unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("copy (%s) to stdout (format binary)".formatted(select(source.sample())));
            CopyIn in = copyIn(COLUMNS, "format binary");
            try {
                byte[] chunk = out.readFromCopy();
                while (chunk != null) {
                    in.writeToCopy(chunk, 0, chunk.length);
                    chunk = out.readFromCopy();
                }
                in.endCopy();
            } finally {
                if (in.isActive()) {
                    in.cancelCopy();
                }
                if (out.isActive()) {
                    out.cancelCopy();
                }
                from.rollback();
            }
        }
    }

    private static Connection open(Source.Database source, Properties properties) {
        try {
            return DriverManager.getConnection(source.url(), properties);
        } catch (SQLException e) {
            throw new RehearsalFailure(
                    "%s cannot be read: %s; correct --from and --user, and set CHANGEOVER_FROM_PASSWORD"
                            .formatted(source.text(), String.valueOf(e.getMessage())),
                    e);
        }
    }

    /** Axon's JPA store may have large objects there, whose numbers would be taken for what they hold. */
    private static void requireBytes(Source.Database source, Connection from) throws SQLException {
        try (Statement statement = from.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select to_regclass('%1$s') is not null, (select count(*) from pg_attribute where attrelid = to_regclass('%1$s') and attname in ('%2$s', '%3$s') and atttypid = 'bytea'::regtype)"
                                .formatted(
                                        TABLE.events(),
                                        TABLE.columns().payload(),
                                        TABLE.columns().metadata()))) {
            rows.next();
            if (!rows.getBoolean(1)) {
                throw new RehearsalFailure(
                        "%s has no table %s, which is Axon's event store; name the database that has it"
                                .formatted(source.text(), TABLE.events()));
            }
            if (rows.getInt(2) != 2) {
                throw new RehearsalFailure(
                        "Payloads and metadata in table %s of %s must be of type bytea; convert the table first"
                                .formatted(TABLE.events(), source.text()));
            }
        }
    }

    private static String select(@Nullable Integer sample) {
        EventTable.Columns columns = TABLE.columns();
        String all = "select %s from %s e".formatted(String.join(", ", COLUMNS), TABLE.events());
        String sampled = sample == null
                ? ""
                : " where e.%1$s like '%3$s' or e.%1$s in (select %1$s from %2$s where %1$s not like '%3$s' group by 1 order by md5(%1$s), 1 limit %4$d)"
                        .formatted(columns.aggregateId(), TABLE.events(), OWN, sample);
        return all + sampled + " order by e." + columns.position();
    }

    private CopyIn copyIn(List<String> columns, String form) throws SQLException {
        return target.unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("copy %s (%s) from stdin (%s)".formatted(TABLE.events(), String.join(", ", columns), form));
    }

    private void fill(Path dump) throws IOException, SQLException {
        try (InputStream file = new BufferedInputStream(Files.newInputStream(dump), 1 << 20)) {
            requirePlain(dump, file);
            String encoding = "UTF8";
            boolean inserts = false;
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            while (readLine(file, line)) {
                String text = line.toString(StandardCharsets.ISO_8859_1);
                Matcher named = ENCODING.matcher(text);
                if (named.matches()) {
                    encoding = named.group(1);
                }
                inserts |= text.startsWith("INSERT INTO " + TABLE.events());
                Matcher copy = COPY.matcher(text);
                if (copy.matches()) {
                    boolean wanted = copy.group(1).equals(TABLE.events());
                    takeRows(dump, file, line, wanted ? columns(dump, copy.group(2)) : null, encoding);
                    if (wanted) {
                        return;
                    }
                }
            }
            throw new RehearsalFailure(
                    inserts
                            ? "Dump '%s' has the events as INSERT statements, and nothing of a dump is executed; make one without --inserts"
                                    .formatted(dump)
                            : "Dump '%s' has no rows of table %s, which is Axon's event store; dump the database that has it, with its data"
                                    .formatted(dump, TABLE.events()));
        } catch (NoSuchFileException e) {
            throw new RehearsalFailure("Dump '%s' is not there; correct --dump".formatted(dump), e);
        }
    }

    private static void requirePlain(Path dump, InputStream file) throws IOException {
        file.mark(CUSTOM.length);
        byte[] begin = file.readNBytes(CUSTOM.length);
        file.reset();
        if (Arrays.equals(begin, CUSTOM)) {
            throw new RehearsalFailure(
                    "Dump '%1$s' is of pg_dump's custom format, which only pg_restore reads; make it plain with 'pg_restore --data-only --table=domain_event_entry --file=events.sql %1$s' and give events.sql"
                            .formatted(dump));
        }
        if (begin.length >= GZIP.length && begin[0] == GZIP[0] && begin[1] == GZIP[1]) {
            throw new RehearsalFailure("Dump '%s' is compressed; unpack it with gunzip first".formatted(dump));
        }
    }

    /** Names go into a statement, so only those of the table's own columns do. */
    private static List<String> columns(Path dump, String named) {
        List<String> columns = Arrays.stream(named.split(",", -1))
                .map(name -> name.strip().replace("\"", ""))
                .toList();
        if (!COLUMNS.containsAll(columns)) {
            throw new RehearsalFailure(
                    "Dump '%s' has the columns %s of table %s, and only %s are known; convert the store first"
                            .formatted(dump, columns, TABLE.events(), COLUMNS));
        }
        return columns;
    }

    /** Reads on to the end of the rows, and copies them where columns are given. */
    private void takeRows(
            Path dump, InputStream file, ByteArrayOutputStream line, @Nullable List<String> columns, String encoding)
            throws IOException, SQLException {
        CopyIn in = columns == null ? null : copyIn(columns, "format text, encoding '%s'".formatted(encoding));
        try {
            while (readLine(file, line)) {
                if (line.size() == 2
                        && line.toString(StandardCharsets.ISO_8859_1).equals("\\.")) {
                    if (in != null) {
                        in.endCopy();
                    }
                    return;
                }
                if (in != null) {
                    line.write('\n');
                    in.writeToCopy(line.toByteArray(), 0, line.size());
                }
            }
        } finally {
            if (in != null && in.isActive()) {
                in.cancelCopy();
            }
        }
        throw new RehearsalFailure("Dump '%s' ends in the middle of a table; dump again".formatted(dump));
    }

    /** Bytes up to the end of the line, whatever their encoding; false at the end of the file. */
    private static boolean readLine(InputStream file, ByteArrayOutputStream line) throws IOException {
        line.reset();
        int next = file.read();
        if (next < 0) {
            return false;
        }
        while (next >= 0 && next != '\n') {
            line.write(next);
            next = file.read();
        }
        return true;
    }
}
