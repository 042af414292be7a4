package io.changeover.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.backfill.BackfillProgress;
import io.changeover.backfill.Backfills;
import io.changeover.console.ManyViews;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import io.changeover.view.VersionId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.context.annotation.Configuration;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SlowClaimTest {

    private static final VersionId FIRST = new VersionId(ManyViews.name(1), 1);
    private static final VersionId SECOND = new VersionId(ManyViews.name(2), 1);

    private final TestDatabase database = TestDatabase.withStore();
    private @Nullable TestNode node;

    /** Makes the events known to the node. */
    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage(basePackageClasses = ManyViews.class)
    static class Counted {}

    @AfterEach
    void stop() {
        if (node != null) {
            node.close();
        }
        database.close();
    }

    private @Nullable String claim() {
        return database.value(
                "select owner || ' at ' || timestamp from token_entry where processor_name = '%s'".formatted(FIRST));
    }

    /** As a start of many versions on a slow database has it; other nodes take over claims that have lapsed. */
    @Test
    void a_version_keeps_its_claim_while_others_of_its_reading_are_still_to_be_claimed() throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("create schema if not exists views");
            connection.commit();
            statement.execute("create table views.\"%s\" (x int)".formatted(SECOND.tableName())); // who makes it waits
            node = TestNode.start(
                    database,
                    Map.of(
                            ManyViews.COUNT,
                            "2",
                            "changeover.node-id",
                            "node-1",
                            "spring.flyway.enabled",
                            "false",
                            "spring.autoconfigure.exclude",
                            "io.changeover.examples.orders.OrdersAutoConfiguration,io.changeover.examples.orders.OrdersWebAutoConfiguration,"
                                    + TestNode.WITHOUT_JPA),
                    ManyViews.Known.class,
                    Counted.class);
            for (int i = 0; i < 4; i++) { // two of which may be the claiming itself
                String before = claim();
                TestNode.await(() -> !Objects.equals(claim(), before));
            }
            assertThat(claim()).startsWith("node-1 at ");
            connection.rollback();
        }
        Backfills backfills = node.get(Backfills.class);
        Stream.of(FIRST, SECOND).forEach(version -> node.awaitState(version.toString(), "live"));
        assertThat(Stream.of(FIRST, SECOND)
                        .map(version -> backfills.progress(version).orElseThrow()))
                .extracting(BackfillProgress::together)
                .containsOnly(2);
    }
}
