package io.changeover.benchmark.replay.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The PostgreSQL server of one run. It ends with the run; its data stay where a folder was given. */
public final class Server implements AutoCloseable {

    /** Its builder turns these off, for tests; here they are as PostgreSQL has them. */
    private static final Map<String, String> DURABILITY =
            Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on");

    private static final String MAINTENANCE = "postgres";

    private final EmbeddedPostgres postgres;

    private Server(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    /**
     * Starts the server.
     *
     * @param folder where its data are kept from run to run, or null for a folder that is deleted at the end
     * @param settings server settings beside durability, which they may also override
     */
    public static Server start(@Nullable Path folder, Map<String, String> settings) {
        EmbeddedPostgres.Builder builder =
                EmbeddedPostgres.builder().setPGStartupWait(Duration.ofMinutes(2)); // it may have to recover
        if (folder != null) {
            builder.setDataDirectory(folder).setCleanDataDirectory(false);
        }
        DURABILITY.forEach(builder::setServerConfig);
        settings.forEach(builder::setServerConfig);
        try {
            return new Server(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL does not start: " + e.getMessage(), e);
        }
    }

    /** The database of that name, whether it exists or not. */
    public Database database(String name) {
        return new Database(
                name,
                "jdbc:postgresql://localhost:%d/%s".formatted(postgres.getPort(), name),
                MAINTENANCE); // the superuser, who needs no password here
    }

    /** Whether there is a database of that name. */
    public boolean has(String name) {
        return !maintenance()
                .texts("select datname from pg_database where datname = '%s'".formatted(name))
                .isEmpty();
    }

    /** A new, empty database; one of that name is dropped first. */
    public Database create(String name) {
        drop(name);
        maintenance().run("create database " + name);
        return database(name);
    }

    /** A new database like the other, to which nobody may be connected. */
    public Database copy(String original, String name) {
        maintenance().run("create database %s template %s strategy file_copy".formatted(name, original));
        return database(name);
    }

    /** Drops the database if it is there, whoever is connected. */
    public void drop(String name) {
        maintenance().run("drop database if exists %s with (force)".formatted(name));
    }

    /** Everything dirty goes to disk now, so that it does not weigh on what is measured next. */
    public void settle() {
        maintenance().run("checkpoint");
    }

    /** Version and the settings that decide how fast and how safe it is, one a line. */
    public List<String> description() {
        return maintenance()
                .texts(
                        """
                        select 'PostgreSQL ' || current_setting('server_version')
                        union all
                        select string_agg(name || '=' || current_setting(name), ', ' order by name) from pg_settings
                        where name in ('fsync', 'full_page_writes', 'synchronous_commit', 'wal_level')
                        union all
                        select string_agg(name || '=' || current_setting(name), ', ' order by name) from pg_settings
                        where name in ('maintenance_work_mem', 'max_parallel_maintenance_workers', 'max_wal_size',
                            'shared_buffers', 'work_mem', 'jit')
                        union all
                        select 'collation ' || datcollate from pg_database where datname = current_database()
                        """);
    }

    private Database maintenance() {
        return database(MAINTENANCE);
    }

    /** Stops the server, after everything is on disk, so that the stop is quick. */
    @Override
    public void close() {
        settle();
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL does not stop: " + e.getMessage(), e);
        }
    }
}
