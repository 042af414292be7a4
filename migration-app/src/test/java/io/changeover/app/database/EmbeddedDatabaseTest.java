package io.changeover.app.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.app.start.StartRefusedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EmbeddedDatabaseTest {

    @TempDir(cleanup = CleanupMode.ALWAYS)
    Path parent;

    Path folder;

    @BeforeEach
    void name_the_folder() {
        folder = parent.resolve("postgres");
    }

    @AfterEach
    void stop_what_a_failed_test_left() {
        Postmaster.of(folder).ifPresent(server -> server.stop(Duration.ofMinutes(1)));
    }

    @Test
    void keeps_committed_rows_over_a_clean_restart() throws Exception {
        try (EmbeddedDatabase database = start()) {
            execute(database, "CREATE TABLE kept (n int)", "INSERT INTO kept VALUES (7)");
        }
        assertThat(Postmaster.of(folder)).isEmpty();
        try (EmbeddedDatabase database = start()) {
            assertThat(query(database, "SELECT n FROM kept")).isEqualTo("7");
        }
    }

    @Test
    void trades_no_safety_for_speed_and_opens_no_door_but_loopback() throws Exception {
        try (EmbeddedDatabase database = start()) {
            assertThat(query(database, "SHOW fsync")).isEqualTo("on");
            assertThat(query(database, "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(query(database, "SHOW full_page_writes")).isEqualTo("on");
            assertThat(query(database, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(query(database, "SHOW unix_socket_directories")).isEmpty();
            assertThat(query(database, "SELECT string_agg(DISTINCT auth_method, ',') FROM pg_hba_file_rules"))
                    .isEqualTo("scram-sha-256");
            assertThat(query(database, "SELECT datcollate FROM pg_database WHERE datname = 'changeover'"))
                    .isEqualTo("C");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(parent.resolve("postgres.password"))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(parent.resolve("postgres.programs"))))
                .isEqualTo("rwx------");
    }

    @Test
    void lets_nobody_in_without_the_password() throws Exception {
        try (EmbeddedDatabase database = start()) {
            assertThatThrownBy(() -> DriverManager.getConnection(database.jdbcUrl(), "postgres", "guess"))
                    .isInstanceOf(SQLException.class)
                    .hasMessage("FATAL: password authentication failed for user \"postgres\"");
        }
    }

    @Test
    void after_a_kill_stops_the_server_left_behind_and_goes_on_with_its_data() throws Exception {
        long orphan;
        try (DatabaseProcess other = DatabaseProcess.launch(folder).awaitRunning()) {
            orphan = Postmaster.of(folder).orElseThrow().pid();
            other.kill();
        }
        assertThat(ProcessHandle.of(orphan).filter(ProcessHandle::isAlive)).isPresent();

        try (EmbeddedDatabase database = start()) {
            assertThat(ProcessHandle.of(orphan).filter(ProcessHandle::isAlive)).isEmpty();
            assertThat(query(database, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void after_a_kill_at_any_moment_of_the_first_start_the_next_start_works() throws Exception {
        Path programs = parent.resolve("postgres.programs");
        for (Path awaited : List.of(programs.resolve("unpacked"), parent.resolve("draft"), folder)) {
            try (DatabaseProcess other = DatabaseProcess.launch(folder)) {
                while (!Files.exists(awaited) && !(awaited.endsWith("draft") && hasDraft())) {
                    Thread.sleep(5); // the other process tells of its progress by files only
                }
                other.kill();
            }
        }
        try (EmbeddedDatabase database = start()) {
            assertThat(query(database, "SELECT 1")).isEqualTo("1");
        }
        assertThat(hasDraft()).isFalse();
    }

    @Test
    void refuses_a_second_application_on_one_folder() throws Exception {
        try (EmbeddedDatabase first = start()) {
            assertThatThrownBy(this::start)
                    .isInstanceOf(StartRefusedException.class)
                    .hasMessage(
                            "Data folder '" + folder
                                    + "' must belong to one application at a time but another one is running on it."
                                    + " Stop that one, or start with another folder: --changeover.embedded.data-folder=<folder>");
            assertThat(query(first, "SELECT 1")).isEqualTo("1");
        }
        try (DatabaseProcess other = DatabaseProcess.launch(folder).awaitRunning()) {
            assertThat(other).isNotNull();
            assertThatThrownBy(this::start)
                    .isInstanceOf(StartRefusedException.class)
                    .hasMessageStartingWith("Data folder '" + folder + "' must belong to one application at a time");
        }
    }

    @Test
    void refuses_the_data_of_another_major_version() throws Exception {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("PG_VERSION"), "14\n");
        assertThatThrownBy(this::start)
                .isInstanceOf(StartRefusedException.class)
                .hasMessage("Data folder '" + folder
                        + "' was written by PostgreSQL 14 but this application brings PostgreSQL 18, which reads only its own major version."
                        + " Convert the folder with pg_upgrade, or dump it with PostgreSQL 14 and restore it into a new folder,"
                        + " or start with another folder: --changeover.embedded.data-folder=<folder>");
        assertThat(folder).isDirectoryNotContaining("glob:**postgresql.conf");
    }

    @Test
    void refuses_a_folder_that_holds_something_else() throws Exception {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("thesis.txt"), "irreplaceable");
        assertThatThrownBy(this::start)
                .isInstanceOf(StartRefusedException.class)
                .hasMessage("Data folder '" + folder
                        + "' must be empty or hold PostgreSQL data but holds something else."
                        + " Move that away, or start with another folder: --changeover.embedded.data-folder=<folder>");
        assertThat(folder.resolve("thesis.txt")).hasContent("irreplaceable");
    }

    @Test
    void refuses_a_folder_where_it_cannot_write() throws Exception {
        Path file = Files.createFile(parent.resolve("file"));
        folder = file.resolve("postgres");
        assertThatThrownBy(this::start)
                .isInstanceOf(StartRefusedException.class)
                .hasMessage("Folder '" + file + "' must be writable for the embedded database but is not."
                        + " Give the user who runs the application the right to write,"
                        + " or start with another folder: --changeover.embedded.data-folder=<folder>");
    }

    @Test
    void refuses_data_whose_password_file_is_missing() throws Exception {
        start().close();
        Files.delete(parent.resolve("postgres.password"));
        assertThatThrownBy(this::start)
                .isInstanceOf(StartRefusedException.class)
                .hasMessage(
                        "Password file '" + parent.resolve("postgres.password")
                                + "' must stand beside data folder '" + folder
                                + "', which was made with it, but is missing."
                                + " Put the file back, or start with another folder: --changeover.embedded.data-folder=<folder>");
    }

    @Test
    void refuses_a_port_that_is_taken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertThatThrownBy(() -> start(port))
                    .isInstanceOf(StartRefusedException.class)
                    .hasMessage(
                            "Port " + port
                                    + " of the embedded database must be free but another process listens on it."
                                    + " Stop that process, or start with another port: --changeover.embedded.port=<port>, where 0 takes a free one.");
        }
    }

    @Test
    void says_what_the_server_said_when_it_does_not_start() throws Exception {
        start().close();
        Files.writeString(folder.resolve("postgresql.conf"), "work_mem = much\n");
        assertThatThrownBy(this::start)
                .isInstanceOf(StartRefusedException.class)
                .hasMessageStartingWith("PostgreSQL on data folder '" + folder + "' must start and answer but")
                .hasMessageContaining("work_mem");
    }

    @Test
    void takes_a_number_that_another_program_got_for_stale() throws Exception {
        start().close();
        Files.writeString(
                folder.resolve("postmaster.pid"),
                "%d\n%s\n1\n5432\n\n127.0.0.1\n0 0\nready\n"
                        .formatted(ProcessHandle.current().pid(), folder));
        try (EmbeddedDatabase database = start()) {
            assertThat(query(database, "SELECT 1")).isEqualTo("1");
        }
    }

    private boolean hasDraft() throws IOException {
        return !new DataFolder(folder).leftoverDrafts().isEmpty();
    }

    private EmbeddedDatabase start() throws IOException {
        return start(0);
    }

    private EmbeddedDatabase start(int port) throws IOException {
        return EmbeddedDatabase.start(new EmbeddedProperties(folder, port, Duration.ofMinutes(2)), new SecureRandom());
    }

    private static void execute(EmbeddedDatabase database, String... statements) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    private static String query(EmbeddedDatabase database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        }
    }

    private static Connection connect(EmbeddedDatabase database) throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
    }
}
