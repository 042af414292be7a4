package io.changeover.routing;

import io.changeover.testkit.TestNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * A PostgreSQL server of one test, on a data folder and a port that it keeps. It is always the embedded one, as its
 * recovery is what the test is about, and it is as safe as a server in production.
 */
final class CrashingServer implements AutoCloseable {

    /** Its builder turns these off, for tests that want a quick server and never see it fail. */
    private static final Map<String, String> DURABILITY =
            Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on");

    private static final int ANY_PORT = 0;
    private static final String USER = "postgres";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path folder;
    private final int port;
    private EmbeddedPostgres postgres;

    CrashingServer(Path folder) {
        this.folder = folder;
        this.postgres = start(ANY_PORT);
        this.port = postgres.getPort();
    }

    private EmbeddedPostgres start(int onPort) {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(folder)
                .setCleanDataDirectory(false)
                .setPGStartupWait(PATIENCE);
        if (onPort != ANY_PORT) {
            builder.setPort(onPort);
        }
        DURABILITY.forEach(builder::setServerConfig);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "jdbc:postgresql://localhost:%d/%s".formatted(port, USER);
    }

    String user() {
        return USER;
    }

    DataSource dataSource() {
        return postgres.getPostgresDatabase();
    }

    /** Shuts down at once, as {@code pg_ctl stop -m immediate} does: what was going on is cut off in the middle. */
    void crash() {
        ProcessHandle postmaster = ProcessHandle.of(postmaster()).orElseThrow();
        try {
            int status = new ProcessBuilder("kill", "-QUIT", Long.toString(postmaster.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new AssertionError("kill ended with status " + status);
            }
            TestNode.await(() -> !postmaster.isAlive());
            postgres.close(); // what is left is its lock on the folder
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private long postmaster() {
        try {
            return Long.parseLong(
                    Files.readAllLines(folder.resolve("postmaster.pid")).get(0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts again, which recovers first. */
    void restart() {
        postgres = start(port);
    }

    /** The first column of all rows, as text. */
    List<String> texts(String query) {
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
