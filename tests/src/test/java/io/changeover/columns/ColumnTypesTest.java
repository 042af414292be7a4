package io.changeover.columns;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.operation.DeadLetter;
import io.changeover.operation.Request;
import io.changeover.parity.ParityReport.Verdict;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import io.changeover.view.VersionId;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ColumnTypesTest {

    private static final VersionId V2 = VersionId.parse("sample@2");
    private static final String USUAL =
            """
            "text": "plain", "small": 1, "perhaps": 2, "yes": true, "measure": 1.5, "amount": 12.30,
            "at": "2026-01-02T03:04:05.123456789Z", "day": "2026-01-02", "trace": "00000000-0000-0000-0000-00000000000a",
            "colour": "GREEN", "tags": ["a", "b\\\\c"], "prices": {"x": 1.10}""";

    private final TestDatabase database = TestDatabase.withStore();

    private TestNode start() {
        return TestNode.start(
                database,
                Map.of(
                        "spring.autoconfigure.exclude",
                        "io.changeover.examples.orders.OrdersAutoConfiguration,io.changeover.examples.orders.OrdersWebAutoConfiguration,"
                                + TestNode.WITHOUT_JPA,
                        "changeover.node-id",
                        "columns-node",
                        "spring.flyway.enabled",
                        "false"),
                ColumnsDomain.Known.class);
    }

    /** Appends the usual event with some fields told otherwise. */
    private void taken(long line, String... others) {
        String fields = USUAL;
        for (String other : others) {
            String name = other.substring(0, other.indexOf(':'));
            fields = fields.replaceAll(name + ": (\"[^\"]*\"|\\[[^]]*]|\\{[^}]*}|[^,}]*)", "@@")
                    .replace("@@", other);
        }
        database.run(
                """
                insert into domain_event_entry (aggregate_identifier, sequence_number, type, event_identifier, meta_data,
                    payload, payload_revision, payload_type, time_stamp)
                values ('%s', 0, 'Sample', gen_random_uuid(), '{}', convert_to($json${"id": "00000000-0000-0000-0000-0000000000%02d",
                    "line": %d, %s}$json$, 'UTF8'), '1', 'sample.taken', '2026-01-01T00:00:00Z')
                """
                        .formatted(UUID.randomUUID(), line % 3, line, fields));
    }

    private void takeMany() {
        taken(1);
        taken(2, "\"text\": null", "\"perhaps\": null", "\"trace\": null");
        taken(3, "\"text\": \"\"", "\"small\": -2147483648", "\"measure\": -1.0E-300", "\"yes\": false");
        taken(4, "\"text\": \"tab\\tline\\nback\\\\slash żółw \ud83d\ude00\"", "\"tags\": []");
        taken(5, "\"amount\": -0.00000000000000000001", "\"measure\": 1.7976931348623157E308");
        taken(6, "\"amount\": 123456789012345678901234567890.123456789", "\"prices\": {}");
        taken(7, "\"amount\": 1E+30", "\"amount\": 0.000");
        taken(8, "\"at\": \"-0043-03-15T00:00:00Z\"", "\"day\": \"-0043-03-15\"");
        taken(9, "\"at\": \"+200000-01-01T00:00:00.000001Z\"", "\"day\": \"+200000-12-31\"");
        taken(10, "\"at\": \"1969-12-31T23:59:59.999999Z\"", "\"day\": \"1969-12-31\"");
        taken(11, "\"at\": \"1999-12-31T23:59:59.999999Z\"", "\"day\": \"1999-12-31\"");
    }

    @Test
    void rows_that_are_copied_in_binary_are_those_that_are_written_by_statement() {
        try (database;
                TestNode node = start()) {
            node.awaitState("sample@1", "live");
            takeMany();
            node.operations().declare("sample", 2, Request.by("ann"));
            node.backfill("sample");
            node.awaitCaughtUp("sample@1");
            node.awaitCaughtUp("sample@2");
            assertThat(node.operations().deadLetters(V2)).isEmpty();
            assertThat(database.value("select count(*) from views.sample_v2")).isEqualTo("11");
            assertThat(database.value(
                            "select count(*) from (table views.sample_v1 except table views.sample_v2) different"))
                    .isEqualTo("0");
            assertThat(node.operations()
                            .compare(VersionId.parse("sample@1"), V2)
                            .verdict())
                    .isEqualTo(Verdict.EQUAL);
            // Once more over rows that are there, in bulk and by statement.
            takeMany();
            node.awaitCaughtUp("sample@1");
            node.awaitCaughtUp("sample@2");
            assertThat(database.value(
                            "select count(*) from (table views.sample_v1 except table views.sample_v2) different"))
                    .isEqualTo("0");
        }
    }

    @Test
    void a_time_that_postgresql_cannot_store_parks_its_home_and_is_never_taken_for_infinity() {
        try (database;
                TestNode node = start()) {
            node.awaitState("sample@1", "live");
            taken(1);
            taken(2, "\"at\": \"+1000000000-12-31T23:59:59.999999999Z\"");
            taken(3, "\"day\": \"+5881580-07-12\"");
            node.operations().declare("sample", 2, Request.by("ann"));
            node.operations().startBackfill("sample", Request.by("ann"));
            node.awaitState("sample@2", "incomplete");
            assertThat(node.operations().deadLetters(V2))
                    .extracting(DeadLetter::cause)
                    .allSatisfy(cause -> assertThat(cause).startsWith("the database refuses the row: "))
                    .hasSize(2);
            assertThat(database.value("select count(*) from views.sample_v2")).isEqualTo("1");
        }
    }
}
