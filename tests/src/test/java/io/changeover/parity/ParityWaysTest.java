package io.changeover.parity;

import static io.changeover.parity.ItemStore.V1;
import static io.changeover.parity.ItemStore.V2;
import static io.changeover.parity.ItemStore.V3;
import static io.changeover.parity.ItemStore.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.parity.DifferingRow.Kind;
import io.changeover.parity.ParityReport.Verdict;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import io.changeover.view.VersionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ParityWaysTest {

    private static final int ROWS = 6_000;
    private static final String ROW_BY_ROW = "row by row outside of the database, because ";

    private final TestDatabase database = TestDatabase.withStore();
    private final ItemStore items = new ItemStore(database);
    private TestNode node;
    private ParityCheck parity;

    @BeforeEach
    void start() {
        node = items.start(Map.of("changeover.parity.range-rows", "1000"));
        parity = node.get(ParityCheck.class);
    }

    @AfterEach
    void stop() {
        node.close();
        database.close();
    }

    private List<DifferingRow> found(VersionId right) {
        List<DifferingRow> found = new ArrayList<>();
        parity.run(V1, right, found::add);
        found.sort((a, b) -> a.keyText().compareTo(b.keyText()));
        return found;
    }

    @Test
    void clean_versions_are_equal_in_every_way_of_comparing() {
        items.fill(ROWS);
        ParityReport inDatabase = parity.run(V1, V2);
        assertThat(inDatabase.verdict()).isEqualTo(Verdict.EQUAL);
        assertThat(inDatabase.rowsCompared()).isEqualTo(ROWS);
        assertThat(inDatabase.ranges()).isGreaterThan(1);
        assertThat(inDatabase.plan())
                .isEqualTo(
                        "in the database, by a full outer join of the canonical forms in SQL, which agree with the methods on 1,000 and 1,000 rows");
        assertThat(inDatabase.rules())
                .containsExactly(
                        "name is compared trimmed, in lower case",
                        "price is equal within 0.01: cents were lost in 2003",
                        "weight is equal within 1e-6 of the value that is farther from zero",
                        "note is not compared: written by hand",
                        "tags is compared without regard to order");
        ParityReport streamed = parity.run(V1, V3);
        assertThat(streamed.verdict()).isEqualTo(Verdict.EQUAL);
        assertThat(streamed.rowsCompared()).isEqualTo(ROWS);
        assertThat(streamed.plan()).isEqualTo(ROW_BY_ROW + "'item@3' declares no canonical form in SQL");
    }

    @Test
    void an_empty_view_is_equal() {
        ParityReport report = parity.run(V1, V2);
        assertThat(report.verdict()).isEqualTo(Verdict.EQUAL);
        assertThat(report.rowsCompared()).isZero();
    }

    @Test
    void differences_are_the_same_whether_the_database_looks_for_them_or_not_and_are_those_that_were_planted() {
        for (long seed = 1; seed <= 5; seed++) {
            database.run("truncate views.item_v1, views.item_v2, views.item_v3, views.item_v4, views.item_v5");
            items.fill(ROWS);
            List<String> planted = plant(new Random(seed));
            List<DifferingRow> inDatabase = found(V2);
            assertThat(inDatabase)
                    .as("seed %d", seed)
                    .extracting(row -> row.keyText() + " " + row.kind() + " " + row.fields())
                    .containsExactlyInAnyOrderElementsOf(planted);
            assertThat(found(V3)).as("seed %d", seed).isEqualTo(inDatabase);
        }
    }

    /** Changes some rows of version 1, each in another way, and says what is to be found. */
    private List<String> plant(Random random) {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            int n = random.nextInt(ROWS / 60) + i * (ROWS / 60) + 1;
            String key = "i-%d/%d".formatted(n / 2, n % 2 + 1);
            String where = " where id = 'i-%d' and part = %d".formatted(n / 2, n % 2 + 1);
            switch (random.nextInt(12)) {
                case 0 -> {
                    items.change("delete from items" + where);
                    expected.add(key + " EXTRA []");
                }
                case 1 -> {
                    items.change("insert into items select id, 9, name, price, weight, note, tags, owner, cents, 0, ''"
                            + " from items" + where);
                    expected.add(key.replaceAll("/.", "/9") + " MISSING []");
                }
                case 2 -> {
                    items.change("update items set name = name || 'x', cents = cents + 1" + where);
                    expected.add(key + " DIFFERENT [name, cents]");
                }
                case 3 -> items.change("update items set name = '  ' || upper(name) || ' '" + where);
                case 4 -> {
                    items.change("update items set price = price + 0.010001" + where);
                    expected.add(key + " DIFFERENT [price]");
                }
                case 5 -> items.change("update items set price = price - 0.01" + where);
                case 6 -> {
                    items.change("update items set weight = weight * 1.00001" + where);
                    expected.add(key + " DIFFERENT [weight]");
                }
                case 7 -> items.change("update items set weight = weight * 1.0000001" + where);
                case 8 -> items.change("update items set note = 'other', _position = 17, _event_id = 'other'" + where);
                case 9 ->
                    items.change("update items set tags = jsonb_build_array(tags -> 2, tags -> 1, tags -> 0)" + where);
                case 10 -> {
                    items.change("update items set tags = tags || '\"a\"'" + where);
                    expected.add(key + " DIFFERENT [tags]");
                }
                default -> {
                    items.change("update items set owner = owner || ' '" + where);
                    expected.add(key + " DIFFERENT [owner]");
                }
            }
        }
        return expected;
    }

    @Test
    void a_comparison_goes_on_in_another_walk_as_if_it_had_never_been_interrupted() {
        items.fill(ROWS);
        plant(new Random(7));
        List<DifferingRow> undisturbed = new ArrayList<>();
        ParityReport whole = parity.run(V1, V2, undisturbed::add);

        List<DifferingRow> found = new ArrayList<>();
        ParityProgress progress = null;
        ParityWalk walk = parity.walk(V1, V2, null);
        while (walk.advance(found::add)) {
            progress = walk.progress();
            assertThat(progress.fraction()).isPositive();
            walk = parity.walk(V1, V2, progress);
        }
        assertThat(found).containsExactlyInAnyOrderElementsOf(undisturbed);
        ParityReport resumed = walk.report();
        assertThat(resumed.ranges()).isGreaterThan(3);
        assertThat(resumed.rowsCompared()).isEqualTo(whole.rowsCompared());
        assertThat(resumed.differencesByField()).isEqualTo(whole.differencesByField());
        assertThat(resumed.missing()).isEqualTo(whole.missing());
        assertThat(resumed.reason()).isEqualTo(whole.reason());
    }

    @Test
    void a_canonical_form_in_sql_that_lies_is_noticed_and_not_used() {
        items.fill(ROWS);
        items.change("update views.item_v4 set cents = cents + 1");
        ParityReport report = parity.run(V1, version(4));
        assertThat(report.plan())
                .startsWith(ROW_BY_ROW
                        + "the SQL that 'item@4' declares for 'cents' gives another value than the method for row i-")
                .endsWith("; correct it");
        assertThat(report.different()).isEqualTo(ROWS);
        assertThat(report.samples()).hasSize(10);
    }

    @Test
    void a_canonical_form_in_sql_that_fails_on_a_row_is_done_without() {
        items.fill(ROWS);
        database.run("update views.item_v5 set note = 'zero' where id = 'i-2999' and part = 1");
        ParityReport report = parity.run(V1, version(5));
        assertThat(report.verdict()).isEqualTo(Verdict.EQUAL);
        assertThat(report.rowsCompared()).isEqualTo(ROWS);
        assertThat(report.plan()).startsWith(ROW_BY_ROW).contains("division by zero");
    }

    @Test
    void sensitive_values_are_compared_and_masked() {
        items.fill(10);
        items.change("update items set owner = 'Jane Doe', note = 'hers' where id = 'i-2' and part = 1");
        DifferingRow row = found(V2).get(0);
        assertThat(row.kind()).isEqualTo(Kind.DIFFERENT);
        assertThat(row.fields()).containsExactly("owner");
        assertThat(row.left()).extractingByKey("owner").asString().matches("masked:[0-9a-f]{8}");
        assertThat(row.right()).extractingByKey("owner").asString().matches("masked:[0-9a-f]{8}");
        assertThat(row.left().get("owner")).isNotEqualTo(row.right().get("owner"));
        assertThat(row.left()).containsEntry("name", "Name 4");
        assertThat(parity.run(V1, V2).samples())
                .allSatisfy(sample -> assertThat(sample.toString()).doesNotContain("Jane"));
    }

    @Test
    void a_range_that_takes_longer_than_a_snapshot_may_be_held_is_made_smaller() {
        int rows = 4_000;
        database.run(
                """
                create function patient(value text) returns text language plpgsql as
                $$
                declare
                    seen integer := coalesce(nullif(current_setting('test.seen', true), ''), '0')::integer + 1;
                begin
                    perform set_config('test.seen', seen::text, true), pg_sleep(case when seen > 2500 then 600 else 0 end);
                    return value;
                end
                $$
                """);
        items.fill(rows);
        node.close();
        node = items.start(Map.of(
                "changeover.parity.range-rows", "100000",
                "changeover.parity.probe-rows", "100",
                "changeover.parity.snapshot-limit", "2s"));
        ParityReport report = node.get(ParityCheck.class).run(V1, version(8));
        assertThat(report.verdict()).isEqualTo(Verdict.EQUAL);
        assertThat(report.rowsCompared()).isEqualTo(rows);
        assertThat(report.ranges()).isGreaterThan(1);
    }
}
