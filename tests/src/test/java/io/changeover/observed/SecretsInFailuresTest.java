package io.changeover.observed;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.backfill.Backfills;
import io.changeover.operation.DeadLetter;
import io.changeover.operation.RetryResult;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import io.changeover.view.VersionId;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Failures that say what nobody is to read: in a fold, a step, a row and a component. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SecretsInFailuresTest {

    private static final VersionId VISITORS = VersionId.parse("visitors@1");
    private static final VersionId GUEST_BOOK = VersionId.parse("guest-book@1");
    private static final String SECRET = "Plantedname";
    private static final String BORN = "1815-12-10T01:02:03Z";
    private static final String NEVER = "+400000-11-12T01:02:03Z";

    @Test
    void no_failure_says_a_sensitive_value_in_a_letter_or_in_the_log() throws SQLException {
        try (TestDatabase database = TestDatabase.withStore()) {
            database.run("create table guest_book (house text, name text)");
            try (TestNode node = TestNode.start(
                            database,
                            Map.of(
                                    "spring.autoconfigure.exclude",
                                    "io.changeover.examples.orders.OrdersAutoConfiguration,io.changeover.examples.orders.OrdersWebAutoConfiguration,"
                                            + TestNode.WITHOUT_JPA,
                                    "spring.flyway.enabled",
                                    "false",
                                    "logging.level.root",
                                    "INFO",
                                    "changeover.node-id",
                                    "visited-node"),
                            VisitorDomain.Known.class);
                    KeptLog log = new KeptLog()) { // a start takes all appenders away
                append(database, "visitor.arrived", "2", "fold", arrived("fold", BORN));
                append(database, "visitor.greeted", "1", "fold", "{\"house\":\"fold\"}");
                append(
                        database,
                        "visitor.arrived",
                        "1",
                        "step",
                        "{\"house\":\"step\",\"name\":\"%s\"}".formatted(SECRET));
                append(database, "visitor.arrived", "2", "row", arrived("row", NEVER));
                append(database, "visitor.arrived", "2", "text", "{\"house\":\"text\",\"name\":%s}".formatted(SECRET));
                TestNode.await(() -> letters(node, VISITORS).size() == 4
                        && letters(node, GUEST_BOOK).size() == 4);

                assertThat(letters(node, VISITORS))
                        .extracting(DeadLetter::cause)
                        .satisfiesExactly(
                                cause -> assertThat(cause)
                                        .isEqualTo(
                                                "the fold of 'Greeted' threw java.lang.IllegalStateException: cannot greet ***"),
                                cause -> assertThat(cause).contains("nobody knows when *** was born"),
                                cause -> assertThat(cause).startsWith("the database refuses the row: ERROR: "),
                                cause -> assertThat(cause).contains("the payload is no readable JSON ("));
                assertThat(letters(node, GUEST_BOOK))
                        .extracting(DeadLetter::cause)
                        .first()
                        .asString()
                        .isEqualTo("the handler threw java.lang.IllegalStateException: no line left for ***");
                TestNode.await(() -> !node.get(Backfills.class).isUnderWay(VISITORS)
                        && !node.get(Backfills.class).isUnderWay(GUEST_BOOK));
                RetryResult again = node.operations().retry(GUEST_BOOK, "fold");
                assertThat(again.toString()).contains("no line left for ***");
                node.operations().retry(VISITORS, "fold");
                assertThat(letters(node, VISITORS) + "" + letters(node, GUEST_BOOK))
                        .doesNotContain(SECRET, "1815", "400000");
                assertThat(log.text())
                        .contains("Component GuestBook of guest-book@1 failed on event visitor.arrived")
                        .contains("version=guest-book@1", "view=guest-book", "position=")
                        .doesNotContain(SECRET, "1815", "400000-11");
            }
        }
    }

    private static List<DeadLetter> letters(TestNode node, VersionId version) {
        return node.operations().deadLetters(version);
    }

    private static String arrived(String house, String born) {
        return "{\"house\":\"%s\",\"name\":\"%s\",\"born\":\"%s\"}".formatted(house, SECRET, born);
    }

    private static void append(TestDatabase database, String name, String revision, String house, String payload)
            throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        """
                        insert into public.domain_event_entry (aggregate_identifier, sequence_number, type,
                            event_identifier, meta_data, payload, payload_revision, payload_type, time_stamp)
                        values (?, (select count(*) from public.domain_event_entry where aggregate_identifier = ?), 'House',
                            gen_random_uuid(), '{}', ?, ?, ?, '2026-01-01T00:00:00Z')
                        """)) {
            statement.setString(1, house);
            statement.setString(2, house);
            statement.setBytes(3, payload.getBytes(StandardCharsets.UTF_8));
            statement.setString(4, revision);
            statement.setString(5, name);
            statement.executeUpdate();
        }
    }
}
