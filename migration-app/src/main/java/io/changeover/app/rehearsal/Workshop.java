package io.changeover.app.rehearsal;

import io.changeover.app.database.EmbeddedDatabase;
import io.changeover.app.database.EmbeddedProperties;
import io.changeover.stream.StoreSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/**
 * A folder with a server and the application on it, all of which is gone once this is closed: also by whoever ends the
 * process with Ctrl-C.
 */
final class Workshop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Workshop.class);
    private static final Duration START = Duration.ofMinutes(5);

    private final Path folder;
    private final Thread hook = new Thread(this::tearDown, "changeover-rehearsal-end");
    private @Nullable EmbeddedDatabase database;
    private @Nullable ConfigurableApplicationContext application;
    private boolean closed;

    private Workshop(Path folder) {
        this.folder = folder;
    }

    /** An empty folder. */
    static Workshop open() throws IOException {
        Workshop workshop = new Workshop(Files.createTempDirectory("changeover-rehearsal"));
        Runtime.getRuntime().addShutdownHook(workshop.hook);
        return workshop;
    }

    /** Starts the server with an empty store. */
    void startServer() throws IOException {
        EmbeddedDatabase started = EmbeddedDatabase.start(
                new EmbeddedProperties(folder.resolve("postgres"), 0, START), new SecureRandom());
        synchronized (this) {
            database = started;
            requireOpen();
        }
        StoreSchema.migrate(dataSource(started));
    }

    /** Fills the store. */
    void copy(Source source) throws SQLException, IOException {
        try (Connection connection = dataSource(server()).getConnection()) {
            new StoreCopy(connection).fill(source);
        }
    }

    /** Starts the application on the store. */
    ConfigurableApplicationContext startApplication(RehearsalOptions options, List<Class<?>> configurations) {
        EmbeddedDatabase server = server();
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("spring.datasource.url", server.jdbcUrl());
        settings.put("spring.datasource.username", server.username());
        settings.put("spring.datasource.password", server.password());
        settings.put("changeover.data-folder", folder.toString());
        settings.put("changeover.node-id", "rehearsal");
        // Whoever rehearses takes each step; nothing may act on the outside world, or work beside it.
        settings.put("changeover.autopilot.enabled", "false");
        settings.put("changeover.effects.enabled", "false");
        settings.put("changeover.reconcile.enabled", "false");
        settings.put("changeover.report.enabled", "false");
        settings.put("changeover.serving.shadow-share", "1");
        settings.put("changeover.shadow.flush-interval", "100ms");
        settings.put("changeover.consumers.interval", "100ms");
        settings.put("orders.traffic.enabled", "false");
        settings.put(
                RehearsedApplication.WITHOUT_RUNNERS, Boolean.toString(!(options.source() instanceof Source.Imported)));
        settings.put("logging.threshold.console", "OFF");
        Path log = options.log();
        settings.put(
                "logging.file.name",
                log == null
                        ? folder.resolve("rehearsal.log").toString()
                        : log.toAbsolutePath().toString());
        settings.putAll(options.settings());
        List<Class<?>> sources = new ArrayList<>(List.of(RehearsedApplication.class));
        sources.addAll(configurations);
        ConfigurableApplicationContext started = new SpringApplicationBuilder()
                .sources(sources.toArray(Class<?>[]::new))
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .registerShutdownHook(false)
                .run(settings.entrySet().stream()
                        .map(setting -> "--%s=%s".formatted(setting.getKey(), setting.getValue()))
                        .toArray(String[]::new));
        synchronized (this) {
            application = started;
            requireOpen();
        }
        return started;
    }

    private EmbeddedDatabase server() {
        EmbeddedDatabase server = database;
        if (server == null) {
            throw new IllegalStateException("The server was not started");
        }
        return server;
    }

    private static PGSimpleDataSource dataSource(EmbeddedDatabase server) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(server.jdbcUrl());
        source.setUser(server.username());
        source.setPassword(server.password());
        return source;
    }

    /** What was started while the process was being ended has to end too. */
    private void requireOpen() {
        if (closed) {
            closed = false;
            tearDown();
            throw new RehearsalFailure("The rehearsal was ended; run it again");
        }
    }

    private synchronized void tearDown() {
        if (closed) {
            return;
        }
        closed = true;
        end(application);
        end(database);
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            LOG.warn("Folder {} of the rehearsal could not be removed; remove it", folder, e);
        }
    }

    private static void end(@Nullable AutoCloseable part) {
        if (part != null) {
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("A part of the rehearsal could not be stopped", e);
            }
        }
    }

    @Override
    public void close() {
        tearDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.debug("The process is being ended", e);
        }
    }
}
