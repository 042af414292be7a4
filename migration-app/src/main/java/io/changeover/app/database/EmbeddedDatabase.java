package io.changeover.app.database;

import io.changeover.app.secret.OwnerOnly;
import io.changeover.app.secret.SecretFile;
import io.changeover.app.start.StartRefusedException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server of this application's own, on the loopback interface, with a password. One application at a time
 * can have one data folder; what is committed survives every end of application and server.
 */
public final class EmbeddedDatabase implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);

    private static final String USER = "postgres";
    private static final String DATABASE = "changeover";
    private static final Duration STOP_WAIT = Duration.ofMinutes(2);
    private static final int LAUNCH_ATTEMPTS = 10;
    private static final Duration LAUNCH_PAUSE = Duration.ofMillis(500);
    private static final long LOG_LIMIT_BYTES = 16L << 20;

    /**
     * The library trades safety for the speed of tests: fsync and synchronous_commit off. Here both must be on, and
     * nothing but the loopback interface may lead in.
     */
    private static final Map<String, String> SETTINGS = Map.of(
            "fsync", "on",
            "synchronous_commit", "on",
            "listen_addresses", "127.0.0.1",
            "unix_socket_directories", "",
            "password_encryption", "scram-sha-256",
            "max_connections", "100",
            "shared_buffers", "256MB",
            "max_wal_size", "2GB",
            "log_checkpoints", "off",
            "timezone", "UTC");

    private final DataFolder folder;
    private final FolderLock lock;
    private final EmbeddedPostgres postgres;
    private final String password;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedDatabase(DataFolder folder, FolderLock lock, EmbeddedPostgres postgres, String password) {
        this.folder = folder;
        this.lock = lock;
        this.postgres = postgres;
        this.password = password;
    }

    /**
     * Starts the server, first making the data folder where there is none. A server that a killed application left
     * behind on the folder is stopped before.
     *
     * @throws StartRefusedException when the folder is in use, foreign, of another major version or not writable, the
     *     port is taken, or the server does not start
     */
    public static EmbeddedDatabase start(EmbeddedProperties properties, SecureRandom random) throws IOException {
        DataFolder folder = new DataFolder(properties.dataFolder());
        folder.requireWritable();
        FolderLock lock = FolderLock.take(folder.beside(".lock"), folder.path());
        try {
            return new Start(properties, folder, lock, random).run();
        } catch (IOException | RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    /** Address of the database for the driver, without the password. */
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(postgres.getPort(), DATABASE);
    }

    /** Name of the database user. */
    public String username() {
        return USER;
    }

    /** Password of that user. */
    public String password() {
        return password;
    }

    /** Ends all sessions, stops the server and frees the folder. A second call does nothing. */
    @Override
    public void close() throws IOException {
        if (closed.getAndSet(true)) {
            return;
        }
        try (lock) {
            stop(postgres, folder.path());
        }
    }

    /** The library stops waiting after five seconds; a checkpoint of much new data takes longer. */
    private static void stop(EmbeddedPostgres postgres, Path folder) throws IOException {
        postgres.close();
        Postmaster.of(folder).ifPresent(server -> {
            if (!server.awaitEnd(STOP_WAIT)) {
                LOG.warn("{} has not stopped within {} and goes on by itself", server, STOP_WAIT);
            }
        });
    }

    /** The steps of a start, in an order in which a kill between any two leaves what the next start can use. */
    private record Start(EmbeddedProperties properties, DataFolder folder, FolderLock lock, SecureRandom random) {

        EmbeddedDatabase run() throws IOException {
            Binaries binaries = new Binaries(folder.beside(".programs"));
            folder.requireOurs(binaries.major());
            SecretFile passwordFile = new SecretFile(folder.beside(".password"), random);
            if (folder.isInitialised() && !passwordFile.exists()) {
                throw new StartRefusedException(
                        "Password file '%s' must stand beside data folder '%s', which was made with it, but is missing."
                                .formatted(passwordFile.file(), folder.path()),
                        "Put the file back, or start with another folder: --changeover.embedded.data-folder=<folder>");
            }
            String password = passwordFile.readOrCreate();
            requireFreePort();
            discardLeftovers();
            prepareLog();
            Path programs = binaries.prepare();
            if (!folder.isInitialised()) {
                initialise(programs, passwordFile, password);
            }
            EmbeddedPostgres postgres = launch(programs, password);
            binaries.markComplete();
            return new EmbeddedDatabase(folder, lock, postgres, password);
        }

        private void initialise(Path programs, SecretFile passwordFile, String password) throws IOException {
            byte[] suffix = new byte[4];
            random.nextBytes(suffix);
            Path draft = folder.newDraft(HexFormat.of().formatHex(suffix));
            // The library asks for trust; the later word wins, so at no time can anybody enter without the password.
            EmbeddedPostgres.Builder server = server(programs, draft, password)
                    .setLocaleConfig("auth", "scram-sha-256")
                    .setLocaleConfig("pwfile", passwordFile.file().toString())
                    // Text sorts by code point on every machine, whatever locales it has.
                    .setLocaleConfig("locale", "C")
                    .setLocaleConfig("locale-provider", "builtin")
                    .setLocaleConfig("builtin-locale", "C.UTF-8");
            EmbeddedPostgres postgres = new Launch(server, draft, log(), properties.startTimeout()).run();
            try (Connection connection = postgres.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE " + DATABASE);
            } catch (SQLException e) {
                throw new IOException("The database could not be created", e);
            } finally {
                stop(postgres, draft);
            }
            folder.adopt(draft);
        }

        /**
         * A server whose start the killed application had only just asked for shows itself late, and then takes the
         * folder from under this one; and one that is stopping holds its shared memory for a while after its last sign.
         * So a failed attempt is repeated, after a pause and after stopping what has turned up.
         */
        private EmbeddedPostgres launch(Path programs, String password) throws IOException {
            for (int attempt = 1; ; attempt++) {
                stopOrphan(folder.path());
                try {
                    return new Launch(
                                    server(programs, folder.path(), password),
                                    folder.path(),
                                    log(),
                                    properties.startTimeout())
                            .run();
                } catch (StartRefusedException e) {
                    if (attempt == LAUNCH_ATTEMPTS) {
                        stopOrphan(folder.path());
                        throw e;
                    }
                    LOG.info("Attempt {} to start the server failed", attempt, e);
                    pause();
                }
            }
        }

        private static void pause() throws IOException {
            try {
                Thread.sleep(LAUNCH_PAUSE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("The start of the embedded database was interrupted");
            }
        }

        private EmbeddedPostgres.Builder server(Path programs, Path data, String password) {
            ProcessBuilder.Redirect log = ProcessBuilder.Redirect.appendTo(log().toFile());
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(programs.toFile())
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    // The application closes it after the last use; the library's own hook would run beside that.
                    .setRegisterShutdownHook(false)
                    .setPort(properties.port())
                    .setPGStartupWait(properties.startTimeout())
                    .setConnectConfig("password", password)
                    .setOutputRedirector(log)
                    .setErrorRedirector(log);
            SETTINGS.forEach(builder::setServerConfig);
            return builder;
        }

        private void discardLeftovers() throws IOException {
            for (Path draft : folder.leftoverDrafts()) {
                stopOrphan(draft);
                DataFolder.discard(draft);
            }
        }

        private static void stopOrphan(Path data) {
            Postmaster.endStarters(data);
            Postmaster.of(data).or(() -> Postmaster.withoutFile(data)).ifPresent(orphan -> {
                LOG.info("Stopping {}, which an application that was killed left behind", orphan);
                if (!orphan.stop(STOP_WAIT)) {
                    throw new StartRefusedException(
                            "Process %d must stop, because an application that was killed left it on data folder '%s', but it has not within %s."
                                    .formatted(orphan.pid(), data, STOP_WAIT),
                            "Stop it by hand with 'kill -INT %d' and start again.".formatted(orphan.pid()));
                }
            });
            Postmaster.forgetReusedNumber(data);
        }

        private void requireFreePort() throws IOException {
            if (properties.port() == 0 || Postmaster.of(folder.path()).isPresent()) {
                return;
            }
            try (ServerSocket probe = new ServerSocket()) {
                probe.setReuseAddress(true);
                probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), properties.port()));
            } catch (java.net.BindException e) {
                throw new StartRefusedException(
                        "Port %d of the embedded database must be free but another process listens on it."
                                .formatted(properties.port()),
                        "Stop that process, or start with another port: --changeover.embedded.port=<port>, where 0 takes a free one.",
                        e);
            }
        }

        private void prepareLog() throws IOException {
            if (Files.exists(log()) && Files.size(log()) > LOG_LIMIT_BYTES) {
                Files.delete(log());
            }
            if (!Files.exists(log())) {
                OwnerOnly.createFile(log());
            }
        }

        private Path log() {
            return folder.beside(".log");
        }
    }
}
