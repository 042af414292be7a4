package io.changeover.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * The one PostgreSQL server of this JVM: a container where a Docker engine answers, an embedded server where none does.
 * Either way it takes prepared transactions and forgoes fsync, and ends with the JVM.
 *
 * @param address JDBC address without the database
 */
record TestServer(String address, String user, String password) {

    static final TestServer INSTANCE = start();

    private static TestServer start() {
        return DockerClientFactory.instance().isDockerAvailable() ? container() : embedded();
    }

    @SuppressWarnings("resource") // Testcontainers removes it when the JVM ends
    private static TestServer container() {
        PostgreSQLContainer postgres = new PostgreSQLContainer("postgres:18")
                .withCommand("postgres -c fsync=off -c max_connections=300 -c max_prepared_transactions=50");
        postgres.start();
        return new TestServer(
                "jdbc:postgresql://%s:%d/".formatted(postgres.getHost(), postgres.getMappedPort(5432)),
                postgres.getUsername(),
                postgres.getPassword());
    }

    @SuppressWarnings("resource") // it registers a hook that ends it with the JVM
    private static TestServer embedded() {
        try {
            EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                    .setServerConfig("max_prepared_transactions", "50")
                    .setServerConfig("synchronous_commit", "on")
                    .start();
            return new TestServer("jdbc:postgresql://localhost:%d/".formatted(postgres.getPort()), "postgres", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url(String database) {
        return address + database;
    }
}
