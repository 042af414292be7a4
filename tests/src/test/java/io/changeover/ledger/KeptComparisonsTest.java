package io.changeover.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.comparison.Comparison.State;
import io.changeover.comparison.Comparisons;
import io.changeover.comparison.DifferenceGroups;
import io.changeover.comparison.DifferenceGroups.OfField;
import io.changeover.comparison.DifferenceGroups.OfKind;
import io.changeover.comparison.ExportFormat;
import io.changeover.comparison.StoredDifference;
import io.changeover.ledger.GatedWalks.Gate;
import io.changeover.operation.ComparisonOperations;
import io.changeover.operation.ComparisonStatus;
import io.changeover.operation.OperationRefusedException;
import io.changeover.operation.Request;
import io.changeover.parity.DifferingRow.Kind;
import io.changeover.parity.ParityReport;
import io.changeover.parity.ParityReport.Verdict;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import io.changeover.view.VersionId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Two versions with planted differences, compared by nodes that are held, lost and stopped. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KeptComparisonsTest {

    private static final VersionId V1 = VersionId.parse("balance@1");
    private static final VersionId V2 = VersionId.parse("balance@2");
    private static final Request ANN = new Request("ann", "to be sure");
    private static final int ACCOUNTS = 6_000;

    /** Nobody is heard, nor taken for lost, while a test takes place. */
    private static final Map<String, String> SILENT = Map.of(
            "changeover.comparisons.heartbeat", "1h",
            "changeover.comparisons.stale-after", "2h",
            "changeover.comparisons.look", "1h");

    private static final Map<String, String> WATCHFUL = Map.of(
            "changeover.comparisons.heartbeat", "100ms",
            "changeover.comparisons.stale-after", "30s",
            "changeover.comparisons.look", "100ms");

    private static final TestDatabase DATABASE = TestDatabase.empty();

    private final List<TestNode> nodes = new ArrayList<>();

    @BeforeAll
    static void plant() {
        LedgerDomain.BROKEN.clear();
        LedgerStore ledger = new LedgerStore(DATABASE);
        try (TestNode node = LedgerNode.start(DATABASE, Map.of(), LedgerDomain.WithStep.class)) {
            ledger.openedMany(ACCOUNTS);
            ledger.creditedMany(ACCOUNTS, ACCOUNTS);
            node.operations().declare("balance", 2, Request.by("ann"));
            node.backfill("balance");
            node.awaitCaughtUp("balance@1");
            node.awaitCaughtUp("balance@2");
        }
        DATABASE.run(
                "update views.balance_v2 set owner = '=' || owner where account >= 'a-2'",
                "update views.balance_v2 set amount = amount + 0.05 where account like 'a-%7'",
                "delete from views.balance_v2 where account like 'a-%00'",
                "insert into views.balance_v2 select account || 'x', owner, amount, credits, marked, touched, 1, 'by hand' from views.balance_v2 where account like 'a-%11'",
                "analyze views.balance_v1",
                "analyze views.balance_v2");
    }

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @BeforeEach
    void open_the_gate() {
        Gate.close("nobody", 0, 0);
        DATABASE.run("truncate changeover.comparison, changeover.comparison_difference");
    }

    @AfterEach
    void stop() {
        GatedWalks.closed.go().countDown();
        nodes.forEach(TestNode::close);
    }

    private TestNode node(String name, Map<String, String> settings) {
        Map<String, String> all = new TreeMap<>(Map.of("changeover.parity.range-rows", "1000"));
        all.putAll(settings);
        all.put("changeover.node-id", name);
        TestNode node = LedgerNode.start(DATABASE, all, LedgerDomain.WithStep.class, GatedWalks.class);
        nodes.add(node);
        return node;
    }

    private static ComparisonOperations of(TestNode node) {
        return node.get(ComparisonOperations.class);
    }

    private static UUID start(TestNode node) {
        return UUID.fromString(of(node).start(V1, V2, ANN).id());
    }

    private static ComparisonStatus end(TestNode node, UUID id) {
        node.get(Comparisons.class).await(id);
        return of(node).status(id);
    }

    /** All that was found, each once and numbered without a gap; within a range the order is anything. */
    private static String found(UUID id) {
        assertThat(DATABASE.value(
                        "select count(*) - count(distinct (home, key)) from changeover.comparison_difference where comparison = '%s'"
                                .formatted(id)))
                .as("differences that were found twice")
                .isEqualTo("0");
        return DATABASE.value(
                "select count(*) || ' ' || min(number) || '-' || max(number) || ' ' || md5(string_agg(concat_ws('|', kind, home, key::text, fields::text, left_record::text, right_record::text), E'\\n' order by home, key)) from changeover.comparison_difference where comparison = '%s'"
                        .formatted(id));
    }

    /** What a comparison finds that nothing disturbs. */
    private static String undisturbed(TestNode node) {
        UUID id = start(node);
        assertThat(end(node, id).state()).isEqualTo("done");
        return found(id);
    }

    private static void await(Gate gate) {
        TestNode.await(() -> gate.reached().getCount() == 0);
    }

    @Test
    void every_difference_is_kept_and_can_be_paged_grouped_and_exported() throws IOException {
        TestNode node = node("one", WATCHFUL);
        UUID id = start(node);
        ComparisonStatus status = end(node, id);
        ParityReport report = status.report();
        assertThat(report).isNotNull();
        assertThat(status.verdict()).isEqualTo(Verdict.DIFFERENT);
        assertThat(status.note()).isNull();
        assertThat(status.fraction()).isEqualTo(1);
        assertThat(report.ranges()).isGreaterThan(2);
        long missing =
                Long.parseLong(DATABASE.value("select count(*) from views.balance_v1 where account like 'a-%00'"));
        long extra = Long.parseLong(DATABASE.value("select count(*) from views.balance_v2 where account like '%x'"));
        long owners = Long.parseLong(DATABASE.value(
                "select count(*) from views.balance_v2 where owner like '=%' and account not like '%x'"));
        long cents = Long.parseLong(DATABASE.value("select count(*) from views.balance_v2 where account like 'a-%7'"));
        assertThat(report.missing()).isEqualTo(missing).isPositive();
        assertThat(report.extra()).isEqualTo(extra).isPositive();
        assertThat(report.differencesByField()).isEqualTo(Map.of("owner", owners, "cents", cents));

        DifferenceGroups groups = of(node).groups(id);
        assertThat(groups.differing()).isEqualTo(status.differing());
        assertThat(groups.kinds())
                .containsExactlyInAnyOrder(
                        new OfKind(Kind.DIFFERENT, report.different()),
                        new OfKind(Kind.MISSING, missing),
                        new OfKind(Kind.EXTRA, extra));
        assertThat(groups.fields()).extracting(OfField::field).containsExactly("owner", "cents");
        OfField ofCents = groups.fields().get(1);
        assertThat(ofCents.rows()).isEqualTo(cents);
        assertThat(ofCents.numbers())
                .isEqualTo(new DifferenceGroups.Numbers(
                        cents, new BigDecimal("5"), new BigDecimal("5"), BigDecimal.valueOf(5 * cents)));
        assertThat(groups.fields().get(0).numbers()).isNull();
        assertThat(groups.fields().get(0).commonest()).hasSize(10);

        List<StoredDifference> paged = new ArrayList<>();
        List<StoredDifference> page = of(node).differences(id, 0, 700);
        while (!page.isEmpty()) {
            paged.addAll(page);
            page = of(node).differences(id, paged.get(paged.size() - 1).number(), 700);
        }
        assertThat(paged).hasSize((int) status.differing());

        var csv = of(node).export(id, ExportFormat.CSV);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        csv.writeTo(out);
        assertThat(csv.count()).isEqualTo(status.differing());
        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).hasSize((int) csv.count() + 1);
        assertThat(lines.get(0))
                .isEqualTo(
                        "kind,account,fields,left.owner,right.owner,left.cents,right.cents,left.credits,right.credits");
        assertThat(lines)
                .anyMatch(line -> line.matches(
                        "different,a-2007,owner cents,owner of a-2007,'=owner of a-2007,[0-9]+,[0-9]+,[0-9]+,[0-9]+"));
        assertThat(lines).anyMatch(line -> line.matches("missing,a-100,,owner of a-100,,[0-9]+,,[0-9]+,"));
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        of(node).export(id, ExportFormat.JSONL).writeTo(json);
        assertThat(json.toString(StandardCharsets.UTF_8).lines()).hasSize((int) csv.count());
    }

    @Test
    void a_node_that_hangs_in_a_range_loses_its_comparison_to_another_and_can_commit_nothing_more() {
        TestNode lost = node("lost", SILENT);
        String expected = undisturbed(lost);
        // With nothing written of the first range, and with two thousand rows of the last in an open transaction.
        Map<Integer, Integer> rowOfRange = Map.of(0, 1, 2, 2_100);
        rowOfRange.forEach((range, row) -> {
            Gate gate = Gate.close("lost", range, row);
            UUID id = start(lost);
            awaitOrEnd(gate, lost, id);
            DATABASE.run("update changeover.comparison set heard_at = 'epoch' where state = 'RUNNING'");
            TestNode other = node("other", WATCHFUL);
            assertThat(end(other, id).state()).isEqualTo("done");
            gate.go().countDown();
            nodes.remove(other);
            other.close();
            assertThat(found(id)).as("range %d, row %d", range, row).isEqualTo(expected);
        });
        // The node that hung has work again once it has noticed.
        assertThat(undisturbed(lost)).isEqualTo(expected);
    }

    /** A range may have fewer rows than the gate waits for. */
    private static void awaitOrEnd(Gate gate, TestNode node, UUID id) {
        TestNode.await(() ->
                gate.reached().getCount() == 0 || !of(node).status(id).state().equals("running"));
    }

    @Test
    void a_node_that_is_stopped_goes_on_when_it_is_back() {
        TestNode first = node("one", SILENT);
        String expected = undisturbed(first);
        Gate gate = Gate.close("one", 1, 5);
        UUID id = start(first);
        await(gate);
        assertThat(of(first).status(id).ranges()).isEqualTo(1);
        nodes.remove(first);
        first.close();
        assertThat(DATABASE.value("select state from changeover.comparison where id = '%s'".formatted(id)))
                .isEqualTo("RUNNING");
        Gate.close("nobody", 0, 0);
        TestNode again = node("one", SILENT);
        ComparisonStatus status = end(again, id);
        assertThat(status.state()).isEqualTo("done");
        assertThat(status.report().ranges()).isGreaterThan(2);
        assertThat(found(id)).isEqualTo(expected);
    }

    @Test
    void a_comparison_is_one_for_all_nodes_and_any_of_them_can_cancel_it() {
        TestNode one = node("one", WATCHFUL);
        TestNode two = node("two", WATCHFUL);
        Gate gate = Gate.close("one", 1, 5);
        UUID id = start(one);
        await(gate);
        assertThat(start(two)).isEqualTo(id);
        assertThat(of(two).status(id).node()).isEqualTo("one");
        assertThatThrownBy(() -> of(two).export(id, ExportFormat.CSV))
                .isInstanceOf(OperationRefusedException.class)
                .hasMessage(
                        "Comparison '%s' of balance@1 and balance@2 still runs, and an export has all differences; wait for its end, or look at its groups meanwhile"
                                .formatted(id));
        ComparisonStatus cancelled = of(two).cancel(id, ANN);
        assertThat(cancelled.state()).isEqualTo("cancelled");
        assertThat(cancelled.note()).isEqualTo("Cancelled by ann: to be sure");
        long kept = of(two).groups(id).differing();
        assertThat(kept).isPositive().isEqualTo(cancelled.differing());
        // It notices by its heartbeat, gate or not, and takes the next one.
        Gate.close("nobody", 0, 0);
        UUID next = start(one);
        assertThat(next).isNotEqualTo(id);
        assertThat(end(one, next).state()).isEqualTo("done");
        assertThat(of(two).groups(id).differing()).isEqualTo(kept);
        assertThatThrownBy(() -> of(two).cancel(id, ANN))
                .hasMessage(
                        "Comparison '%s' of balance@1 and balance@2 is over, and only one that runs can be cancelled; look at its status"
                                .formatted(id));
        assertThatThrownBy(() -> of(two).export(id, ExportFormat.JSONL))
                .hasMessage(
                        "Comparison '%s' of balance@1 and balance@2 was cancelled before all rows were compared, and an export has all differences; compare again"
                                .formatted(id));
        assertThat(of(one).list("balance", null, 10))
                .extracting(ComparisonStatus::id)
                .containsExactly(next.toString(), id.toString());
        assertThat(of(one).list("balance", State.CANCELLED, 10)).hasSize(1);
        gate.go().countDown();
    }

    @Test
    void one_that_finds_too_much_stops_and_says_where() {
        Map<String, String> settings = new TreeMap<>(WATCHFUL);
        settings.put("changeover.comparisons.max-differences", "150");
        TestNode node = node("one", settings);
        UUID id = start(node);
        ComparisonStatus status = end(node, id);
        assertThat(status.state()).isEqualTo("done");
        assertThat(status.verdict()).isEqualTo(Verdict.DIFFERENT);
        assertThat(status.note())
                .matches(
                        "Stopped early behind home 'a-[0-9]+x?', with about [0-9],[0-9]+ of 6,[0-9]+ rows not compared[.] Only the first 150 of [0-9,]+ differing rows are kept; mend what most of them have in common and compare again, or raise changeover.comparisons.max-differences");
        assertThat(of(node).export(id, ExportFormat.CSV).count()).isEqualTo(150);
        assertThat(of(node).groups(id).differing()).isEqualTo(150);
    }

    @Test
    void old_comparisons_are_removed_but_for_the_latest_of_two_versions() {
        TestNode node = node("one", WATCHFUL);
        UUID oldest = start(node);
        end(node, oldest);
        UUID latest = start(node);
        end(node, latest);
        DATABASE.run(
                "update changeover.comparison set started_at = started_at - interval '40 days', ended_at = ended_at - interval '40 days'");
        nodes.remove(node);
        node.close();
        TestNode again = node("one", WATCHFUL);
        TestNode.await(() -> of(again).list("balance", null, 10).size() == 1);
        assertThat(of(again).status(latest).state()).isEqualTo("done");
        assertThat(of(again).groups(latest).differing()).isPositive();
        assertThatThrownBy(() -> of(again).groups(oldest))
                .hasMessage(
                        "There is no comparison '%s', or it is no longer kept; take an identifier from the list of a view"
                                .formatted(oldest));
        TestNode.await(() ->
                "1".equals(DATABASE.value("select count(distinct comparison) from changeover.comparison_difference")));
    }

    @Test
    void what_cannot_be_compared_is_refused() {
        TestNode node = node("one", WATCHFUL);
        assertThatThrownBy(() -> of(node).start(V1, V1, ANN))
                .isInstanceOf(OperationRefusedException.class)
                .hasMessage(
                        "'balance@1' and 'balance@1' cannot be compared: a comparison needs two versions of one view; name two such");
        assertThatThrownBy(() -> of(node).start(V1, VersionId.parse("balance@3"), ANN))
                .hasMessage("View 'balance' has no version '3'; its versions are: 1, 2");
        assertThatThrownBy(() -> of(node).list("balances", null, 1))
                .hasMessageStartingWith("There is no view 'balances'");
    }
}
