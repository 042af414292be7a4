package io.changeover.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import io.changeover.operation.Operations;
import io.changeover.operation.PlanOperations;
import io.changeover.operation.Request;
import io.changeover.plan.PlanReader;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Changeovers as people carry them out from pages. The tests share one server, and go on from one another. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CarryTest {

    private static final String BOARD = "/console/changeovers/order-board";
    private static final String ACCOUNT = "/console/changeovers/customer-account";
    private static final Request TEST = Request.by("test");

    /** Nobody reads here, so nothing is known of reads and nothing is asked of them. */
    private static final String WITHOUT_READERS =
            """
            gates:
              shadow-differences: {most: 100%, samples: 0}
              errors: {most: 100%, calls: 0}
              latency-ratio: 1000
            """;

    private static final String WITHOUT_WAITING =
            """
            name: without waiting
            to: 2
            shadow: 0s
            steps: [{percent: 5, soak: 0s}, {percent: 50, soak: 0s}, {percent: 100}]
            soak: 0s
            completion: {hold: 0s, purge: 0s}
            """
                    + WITHOUT_READERS;

    private static final String WITH_APPROVAL =
            """
            name: somebody looks first
            to: 2
            shadow: 0s
            steps: [{percent: 5, soak: 0s}, {percent: 25, soak: 1h, approval: approver}, {percent: 100}]
            """
                    + WITHOUT_READERS;

    @TempDir
    private static Path folder;

    private TestDatabase database;
    private ConsoleServer server;
    private Browser browser;
    private Page operator;

    @BeforeAll
    void start() {
        browser = Browser.launch();
        database = TestDatabase.empty();
        server = ConsoleServer.start(
                database,
                folder,
                Map.of(
                        "orders.import.enabled", "true",
                        "changeover.autopilot.interval", "200ms",
                        "changeover.autopilot.verify-again", "100ms",
                        "changeover.consumers.interval", "200ms",
                        "changeover.gates.quiet", "0s"));
        operator = browser.signedIn(server, "operator");
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.close();
            database.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    @AfterEach
    void no_page_complains() {
        assertThat(browser.complaints()).isEmpty();
    }

    private Operations operations() {
        return server.get(Operations.class);
    }

    private static Locator link(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private void awaitStanding(Page page, String text) {
        TestNode.await(() -> page.locator("#standing").textContent().contains(text));
    }

    /** Has it shown what it would do, and then done. */
    private void asked(String action) {
        link(operator, "Show what it would do").click();
        link(operator, action).click();
        operator.locator(".told").waitFor();
    }

    private void looked(Page page, String name) {
        Browser.assertAccessibleInLightAndDark(page);
        Browser.picture(page, name);
    }

    @Test
    @Order(1)
    void a_changeover_is_declared_with_a_plan_and_watched_to_its_end() {
        operator.navigate(server.address(ACCOUNT));
        assertThat(operator.locator("#standing").textContent()).contains("never been in a changeover");
        link(operator, "Declare a changeover").click();
        operator.getByLabel("Text of the plan").fill(WITHOUT_WAITING);
        operator.getByLabel("Reason").fill("balances become exact");
        link(operator, "Show what it would do").click();
        assertThat(operator.locator("main").textContent())
                .contains("record changeover.declared", "record changeover.plan-adopted");
        looked(operator, "declare");
        link(operator, "Declare a changeover").click();
        operator.waitForURL(server.address(ACCOUNT));
        assertThat(operator.locator(".told").textContent()).contains("customer-account from version 1 to 2");
        awaitStanding(operator, "completed and over");
        assertThat(operator.locator("[aria-current=step]").textContent()).contains("completed");
        looked(operator, "changeover-over");
    }

    @Test
    @Order(2)
    void readers_are_moved_and_sent_back() {
        operations().declare("order-board", 2, TEST);
        operator.navigate(server.address(BOARD));
        link(operator, "Start the backfill").click();
        link(operator, "Start the backfill").click();
        operator.waitForURL(server.address(BOARD));
        TestNode.await(() -> operations().changeover("order-board").phase().equals("catching-up"));
        awaitStanding(operator, "catching-up");
        link(operator, "Verify").click();
        link(operator, "Verify").click();
        operator.waitForURL(server.address(BOARD));
        assertThat(operator.locator(".told").textContent()).contains("The comparison says equal");
        link(operator, "Shift readers").click();
        operator.getByLabel("Percent of readers").fill("10");
        link(operator, "Show what it would do").click();
        assertThat(operator.locator("main").textContent()).contains("record changeover.reads-shifted");
        looked(operator, "shift");
        link(operator, "Shift readers").click();
        operator.waitForURL(server.address(BOARD));
        assertThat(operations().changeover("order-board").percent()).isEqualTo(10);
        TestNode.await(() ->
                operator.request().get(server.address(BOARD + "/series")).text().contains("\"since\":\""));
        operator.reload();
        awaitStanding(operator, "10 % of readers");
        looked(operator, "changeover");

        link(operator, "Pin a reader").click();
        operator.getByLabel("Name").fill("acme");
        operator.getByLabel("Version").fill("2");
        asked("Pin a reader");
        assertThat(operator.locator(".told").textContent()).contains("order-board@2 answers", "'acme' is pinned");
        link(operator, "Unpin a reader").click();
        operator.getByLabel("Name").fill("acme");
        asked("Unpin a reader");
        link(operator, "Pause").click();
        link(operator, "Pause").click();
        awaitStanding(operator, "paused");
        link(operator, "Resume").click();
        link(operator, "Resume").click();

        link(operator, "Roll back").click();
        assertThat(operator.locator("main").textContent()).contains("record changeover.rolled-back");
        operator.getByLabel("Reason").fill("totals look wrong");
        link(operator, "Roll back").click();
        operator.waitForURL(server.address(BOARD));
        assertThat(operations().changeover("order-board").percent()).isZero();
        awaitStanding(operator, "rolled-back");
    }

    @Test
    @Order(3)
    void a_refusal_comes_back_with_the_rule_and_the_remedy() {
        operator.navigate(server.address(BOARD + "/complete"));
        assertThat(operator.getByRole(AriaRole.ALERT).textContent()).contains("100 %");
        assertThat(link(operator, "Complete").count()).isZero();
        assertThat(browser.complaints()).allMatch(complaint -> complaint.contains("409"));
        looked(operator, "refused-by-a-rule");
    }

    @Test
    @Order(4)
    void a_second_person_approves_what_the_first_has_begun() {
        Page approver = browser.signedIn(server, "approver");
        server.get(PlanOperations.class).adopt("order-board", PlanReader.read(WITH_APPROVAL), TEST);
        operator.navigate(server.address(BOARD));
        link(operator, "Resume").click();
        link(operator, "Resume").click();
        operator.waitForURL(server.address(BOARD));
        awaitStanding(operator, "5 % of readers");
        assertThat(link(operator, "Approve 25 %").count()).isZero();

        approver.navigate(server.address(BOARD));
        awaitStanding(approver, "25 % waits for approval of approver");
        assertThat(link(approver, "Roll back").count()).isZero();
        looked(approver, "changeover-waits");
        link(approver, "Approve 25 %").click();
        approver.getByLabel("Reason").fill("support has no complaints");
        link(approver, "Approve a step").click();
        approver.waitForURL(server.address(BOARD));
        awaitStanding(operator, "25 % of readers");
        approver.context().close();
    }

    @Test
    @Order(5)
    void the_overview_and_the_view_show_where_all_stands() {
        TestNode.await(() -> operations().changeover("order-board").percent() == 25); // not only approved
        operator.navigate(server.address("/console"));
        assertThat(operator.locator("#standing").textContent()).contains("1 open changeover", "25 %");
        looked(operator, "overview");
        operator.getByLabel("Views whose name has").fill("nothing");
        operator.keyboard().press("Enter");
        operator.waitForURL(url -> url.contains("nothing"));
        assertThat(operator.locator("main").textContent()).contains("No view's name has");
        looked(operator, "overview-empty");
        operator.navigate(server.address("/console/views/order-board"));
        operator.getByLabel("Routing key").fill("ann");
        link(operator, "Explain").click();
        assertThat(operator.locator("main").textContent()).contains("cohort");
        looked(operator, "view");
    }

    @Test
    @Order(6)
    void whoever_may_only_look_sees_no_buttons_and_is_refused() {
        Page viewer = browser.signedIn(server, "viewer", BOARD);
        assertThat(viewer.locator("#standing").textContent()).contains("Your roles allow looking only");
        assertThat(viewer.locator("main [role=button], main button").count()).isZero();
        viewer.navigate(server.address(BOARD + "/rollback"));
        assertThat(viewer.locator("main").textContent()).contains("Your roles do not allow this");
        looked(viewer, "refused");
        assertThat(browser.complaints()).allMatch(complaint -> complaint.contains("403"));
        long shift = operations().changeover("order-board").percent();
        APIResponse answer = viewer.request()
                .post(
                        server.address(BOARD + "/rollback"),
                        RequestOptions.create()
                                .setForm(FormData.create()
                                        .set(
                                                "_csrf",
                                                viewer.locator("meta[name=csrf]")
                                                        .getAttribute("content"))
                                        .set("step", "do")
                                        .set("key", "viewer-1")));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text()).contains("Your roles do not allow this");
        assertThat(operations().changeover("order-board").percent()).isEqualTo((int) shift);
        viewer.context().close();
    }

    @Test
    @Order(7)
    void what_is_given_up_wants_its_name_typed() {
        operations().rollBack("order-board", TEST);
        operator.navigate(server.address(BOARD));
        TestNode.await(() -> operations().changeover("order-board").phase().equals("rolled-back"));
        awaitStanding(operator, "rolled-back");
        link(operator, "Abort").click();
        operator.getByLabel("Type order-board").fill("order-bord");
        link(operator, "Abort").click();
        assertThat(operator.getByRole(AriaRole.ALERT).textContent())
                .contains("Field 'confirm' is 'order-bord' but must name 'order-board'");
        assertThat(browser.complaints()).allMatch(complaint -> complaint.contains("400"));
        link(operator, "Show what it would do").click();
        operator.getByLabel("Type order-board").fill("order-board");
        looked(operator, "abort");
        link(operator, "Abort").click();
        operator.waitForURL(server.address(BOARD));
        assertThat(operations().view("order-board").changeover()).isNull();
    }

    @Test
    @Order(8)
    void a_version_that_has_served_leaves_in_stages_and_can_be_had_back_until_it_is_dropped() {
        operator.navigate(server.address(ACCOUNT));
        link(operator, "Purge customer-account@1").click();
        operator.getByLabel("Type customer-account@1").fill("customer-account@1");
        link(operator, "Purge a version").click();
        assertThat(operator.locator(".told").textContent()).contains("customer-account@1 is purged");
        link(operator, "Restore customer-account@1").click();
        link(operator, "Restore a version").click();
        assertThat(operator.locator(".told").textContent()).contains("customer-account@1 is held again");
        link(operator, "Reopen").click();
        link(operator, "Reopen").click();
        awaitStanding(operator, "paused");
        assertThat(operations().changeover("customer-account").phase()).isEqualTo("serving");
    }
}
