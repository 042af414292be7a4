package io.changeover.app.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.mock.env.MockEnvironment;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StartFailureTest {

    private final DatabaseFailureAnalyzer database = new DatabaseFailureAnalyzer(new MockEnvironment()
            .withProperty("spring.datasource.url", "jdbc:postgresql://db/orders?user=ada&password=secret")
            .withProperty("spring.datasource.username", "ada"));

    @Test
    void a_database_that_does_not_answer() {
        assertText(
                database.analyze(nested("Connection to db:5432 refused.", "08001")),
                "Database 'jdbc:postgresql://db/orders' must answer but does not: Connection to db:5432 refused.",
                "Start that server or correct spring.datasource.url; without that property the application brings its own PostgreSQL.");
    }

    @Test
    void a_database_that_refuses_the_user() {
        assertText(
                database.analyze(nested("FATAL: password authentication failed for user \"ada\"", "28P01")),
                "Database 'jdbc:postgresql://db/orders' must accept user 'ada' but refuses: FATAL: password authentication failed for user \"ada\".",
                "Correct spring.datasource.username and spring.datasource.password, or let the user in by the server's pg_hba.conf.");
    }

    @Test
    void a_database_that_does_not_exist() {
        assertText(
                database.analyze(nested("FATAL: database \"orders\" does not exist", "3D000")),
                "Database 'jdbc:postgresql://db/orders' must exist but does not: FATAL: database \"orders\" does not exist.",
                "Create the database or correct spring.datasource.url.");
    }

    @Test
    void leaves_other_database_errors_to_others() {
        assertThat(database.analyze(nested("syntax error", "42601"))).isNull();
        assertThat(database.analyze(new IllegalStateException("no database at all")))
                .isNull();
    }

    @Test
    void a_port_that_is_in_use() {
        assertText(
                new PortFailureAnalyzer().analyze(new PortInUseException(8080)),
                "HTTP port 8080 must be free but another process listens on it.",
                "Stop that process, or start with another port: --server.port=8081");
    }

    @Test
    void looks_for_the_port_before_anything_starts() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                GenericApplicationContext context = new GenericApplicationContext()) {
            context.setEnvironment(new MockEnvironment()
                    .withProperty("server.address", "127.0.0.1")
                    .withProperty("server.port", Integer.toString(taken.getLocalPort())));
            assertThatThrownBy(() -> new FreePortCheck().initialize(context))
                    .isInstanceOf(PortInUseException.class)
                    .extracting(e -> ((PortInUseException) e).getPort())
                    .isEqualTo(taken.getLocalPort());
        }
    }

    @Test
    void what_a_part_says_itself() {
        assertText(
                new StartRefusedFailureAnalyzer()
                        .analyze(new IllegalStateException(
                                new StartRefusedException("Folder 'x' must be empty but is not.", "Empty it."))),
                "Folder 'x' must be empty but is not.",
                "Empty it.");
    }

    @Test
    void all_are_registered() {
        assertThat(SpringFactoriesLoader.forDefaultResourceLocation()
                        .load(
                                FailureAnalyzer.class,
                                SpringFactoriesLoader.ArgumentResolver.of(
                                        org.springframework.core.env.Environment.class, new MockEnvironment()),
                                SpringFactoriesLoader.FailureHandler.logging(
                                        org.apache.commons.logging.LogFactory.getLog(getClass()))))
                .hasAtLeastOneElementOfType(DatabaseFailureAnalyzer.class)
                .hasAtLeastOneElementOfType(PortFailureAnalyzer.class)
                .hasAtLeastOneElementOfType(StartRefusedFailureAnalyzer.class);
    }

    private static Throwable nested(String message, String state) {
        return new IllegalStateException(new RuntimeException(new SQLException(message, state)));
    }

    private static void assertText(FailureAnalysis analysis, String description, String action) {
        assertThat(analysis.getDescription()).isEqualTo(description);
        assertThat(analysis.getAction()).isEqualTo(action);
    }
}
