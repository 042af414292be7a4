package io.changeover.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.changeover.audit.AuditCursor;
import io.changeover.audit.AuditEntry;
import io.changeover.audit.AuditPage;
import io.changeover.audit.AuditQuery;
import io.changeover.examples.orders.event.OrderLineAdded;
import io.changeover.examples.orders.event.OrderPlaced;
import io.changeover.examples.orders.event.OrderShipped;
import io.changeover.examples.orders.model.Money;
import io.changeover.examples.orders.model.PersonName;
import io.changeover.operation.AuditOperations;
import io.changeover.operation.Operations;
import io.changeover.operation.ReportOperations;
import io.changeover.operation.Request;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import io.changeover.view.Canonical;
import io.changeover.view.Fold;
import io.changeover.view.Key;
import io.changeover.view.VersionId;
import io.changeover.view.View;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The pages of what is stored, over the orders of the example, of which two rows differ and one order is not understood. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StoredPagesTest {

    private static final String BROKEN = "10103";
    private static final String SURNAME = "Quartermain";
    private static final int ORDERS = 30;
    private static final AtomicBoolean MENDED = new AtomicBoolean();

    private TestDatabase database;
    private ConsoleServer server;
    private Browser browser;

    /** A view that cannot take one order until it is mended. */
    @View(name = "parcel-list", version = 1)
    static final class Parcels {

        record Row(@Key String orderId, String customerName) {}

        @Fold
        Row on(OrderPlaced event) {
            if (event.orderId().equals(BROKEN) && !MENDED.get()) {
                throw new IllegalStateException("no carrier goes there");
            }
            return new Row(event.orderId(), event.customerName());
        }

        @Canonical
        Row entry(Row row) {
            return row;
        }
    }

    /** Has the views of this package found. */
    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage
    static class WithParcels {}

    @BeforeAll
    void start(@TempDir Path folder) {
        MENDED.set(false);
        database = TestDatabase.empty();
        server = ConsoleServer.start(
                database,
                folder,
                Map.of(
                        "orders.confirmations.enabled", "true",
                        "orders.confirmations.port", "1",
                        "changeover.effects.attempts", "1",
                        "changeover.node-id", "node-1"),
                WithParcels.class);
        browser = Browser.launch();
        Operations operations = server.get(Operations.class);
        placeOrders();
        TestNode.await(() ->
                database.value("select count(*) from views.order_board_v1").equals(Integer.toString(ORDERS)));
        TestNode.await(
                () -> !operations.deadLetters(new VersionId("parcel-list", 1)).isEmpty());
        operations.declare("order-board", 2, new Request("ann", "a board for programs"));
        operations.startBackfill("order-board", new Request("ann", "at night"));
        TestNode.await(() -> !List.of("declared", "backfilling")
                .contains(operations.changeover("order-board").phase()));
        operations.verify("order-board", new Request("bob", "first look"));
        database.run(
                "update views.order_board_v2 set total_minor_units = total_minor_units + 1 where order_id = '10105'",
                "delete from views.order_board_v2 where order_id = '10110'",
                "insert into changeover.access_entry (at, actor, action, subject, detail) select now() - make_interval(mins => n), 'admin', 'signed-in', 'admin', 'from 127.0.0.1' from generate_series(1, 60) n");
    }

    @AfterAll
    void stop() {
        if (browser != null) {
            browser.close();
        }
        if (server != null) {
            server.close();
        }
        database.close();
    }

    @AfterEach
    void nothing_complains() {
        browser.closePages();
        assertThat(browser.complaints()).isEmpty();
    }

    private void placeOrders() {
        EventStore events = server.get(EventStore.class);
        TransactionTemplate transaction = new TransactionTemplate(server.get(PlatformTransactionManager.class));
        LocalDate day = LocalDate.of(2027, 3, 1);
        for (int i = 0; i < ORDERS; i++) {
            String id = Integer.toString(10_100 + i);
            List<Object> payloads = List.of(
                    new OrderPlaced(
                            id,
                            "c-" + i,
                            "Wheels & Sons " + i,
                            new PersonName("Ada", SURNAME),
                            day,
                            day.plusDays(7),
                            "USD",
                            null),
                    new OrderLineAdded(id, "c-" + i, day, 1, "S10_1678", 30, new Money(8_135, "USD")),
                    new OrderLineAdded(id, "c-" + i, day, 2, "S18_2248", 50, new Money(5_509, "USD")),
                    new OrderShipped(id, "c-" + i, day.plusDays(2), null));
            List<EventMessage<?>> messages = new ArrayList<>();
            for (Object payload : payloads) {
                messages.add(new GenericDomainEventMessage<>("Order", id, messages.size(), payload));
            }
            transaction.executeWithoutResult(status -> events.publish(messages));
        }
    }

    private Page open(String name, String path) {
        return browser.signedIn(server, name, path);
    }

    private static void look(Page page, String name) {
        page.mouse().move(0, 0);
        assertThat(page.locator("h1").count()).isEqualTo(1);
        assertThat(page.locator("footer code").count()).isEqualTo(1);
        assertThat(((Number) page.evaluate("document.documentElement.scrollWidth - window.innerWidth")).intValue())
                .as("%s is no wider than the window", page.url())
                .isLessThanOrEqualTo(0);
        Browser.assertAccessibleInLightAndDark(page);
        Browser.picture(page, name);
    }

    private static Locator button(Page page, String text) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(text));
    }

    private static Locator link(Page page, String text) {
        return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(text));
    }

    @Test
    void an_operator_finds_a_difference_and_reads_at_which_event_it_began() {
        Page page = open("operator", "/console/comparisons");
        page.getByLabel("Left version").selectOption("order-board@1");
        page.getByLabel("Right version").selectOption("order-board@2");
        page.getByLabel("Reason").fill("a customer has called");
        button(page, "Start").click();
        page.locator("main .state.is-different").first().waitFor();
        assertThat(page.locator("main").textContent()).contains("a customer has called", "operator");
        page.getByText("Differences by field").waitFor();
        assertThat(page.locator("#details").textContent()).contains("totalMinorUnits");
        look(page, "comparison");
        link(page, "Look at the differences")
                .or(button(page, "Look at the differences"))
                .first()
                .click();
        Locator difference = page.locator("article.difference").filter(new Locator.FilterOptions().setHasText("10105"));
        assertThat(difference.locator("tr.differs").textContent()).contains("totalMinorUnits", "differs");
        assertThat(page.locator("main").textContent()).contains("1 missing", "1 different", "no row");
        look(page, "differences");
        difference.getByRole(AriaRole.LINK).click();
        assertThat(page.locator("h1").textContent()).isEqualTo("Row 10105 of order-board");
        assertThat(page.locator("main").textContent())
                .contains("the stored row is", "changed: totalMinorUnits", "order.placed", "order.line-added")
                .contains("changeover repair");
        assertThat(page.locator("tr.differs").textContent())
                .contains("totalMinorUnits", "stored apart, folded to the same");
        look(page, "explain");
        page.navigate(server.address("/console/comparisons"));
        assertThat(page.locator("#comparisons tbody tr").count()).isPositive();
        look(page, "comparisons");
    }

    @Test
    void an_operator_retries_a_home_once_its_fold_is_mended() {
        String letters = "/console/views/parcel-list/versions/1/dead-letters";
        Page page = open("operator", letters);
        assertThat(page.locator("main").textContent()).contains("Home 10103", "no carrier goes there", "order.placed@");
        look(page, "dead-letters");
        button(page, "Retry home 10103…")
                .or(link(page, "Retry home 10103…"))
                .first()
                .click();
        assertThat(page.locator("main").textContent()).contains("Events that wait: 1", "fold waiting events again");
        look(page, "dead-letters-retry");
        button(page, "Retry home 10103").click();
        assertThat(page.locator(".told").textContent()).startsWith("Home 10103: 0 applied, 1 wait on: ");
        MENDED.set(true);
        page.navigate(server.address(letters + "/retry?home=10103"));
        page.getByLabel("Reason").fill("a carrier was found");
        button(page, "Retry home 10103").click();
        assertThat(page.locator(".told").textContent()).isEqualTo("Home 10103: 1 applied, 0 wait on.");
        assertThat(page.locator(".empty").textContent()).contains("No event waits");
        assertThat(database.value("select customer_name from views.parcel_list_v1 where order_id = '10103'"))
                .isNotEmpty();
        look(page, "dead-letters-none");
    }

    @Test
    void anybody_reads_who_did_what_and_turns_pages_that_stay() {
        Page page = open("viewer", "/console/audit");
        assertThat(page.locator("tbody tr").count()).isEqualTo(50);
        look(page, "audit");
        link(page, "Older entries").click();
        assertThat(page.locator("tbody tr").count()).isPositive();
        link(page, "Latest entries").click();
        page.getByLabel("View").selectOption("order-board");
        page.getByLabel("Actor").fill("ann");
        button(page, "Show").click();
        assertThat(page.locator("tbody tr th").allTextContents()).containsExactly("backfill-started", "declared");
        assertThat(page.locator("main").textContent()).contains("a board for programs", "from version 1 to version 2");
        look(page, "audit-filtered");
    }

    @Test
    void the_pages_of_the_trail_together_are_the_trail() {
        AuditOperations audit = server.get(AuditOperations.class);
        List<AuditEntry> whole =
                audit.trail(new AuditQuery(null, null, null, null, 200)).entries();
        assertThat(whole).extracting(AuditEntry::source).contains("changeover", "access");
        List<AuditEntry> turned = new ArrayList<>();
        AuditCursor place = null;
        do {
            AuditPage page = audit.trail(
                    new AuditQuery(null, null, whole.get(whole.size() - 1).at(), place, 7));
            turned.addAll(page.entries());
            place = page.next() == null ? null : AuditCursor.parse(page.next()).orElseThrow();
        } while (place != null);
        assertThat(turned).containsExactlyElementsOf(whole);
        assertThat(audit.trail(new AuditQuery(null, "bob", null, null, 50)).entries())
                .extracting(AuditEntry::action)
                .containsExactly("parity-recorded");
    }

    static Stream<String> pages() {
        return Stream.of(
                "events /console/events",
                "event /console/events/order.placed",
                "samples /console/events/order.placed/samples",
                "consumers /console/consumers",
                "topics /console/topics",
                "nodes /console/nodes",
                "effects /console/effects",
                "doctor /console/doctor",
                "doctor-mend /console/doctor/mend",
                "reports /console/reports",
                "report-comparison /console/reports/comparison",
                "explain-form /console/views/order-board/explain",
                "audit-none /console/audit?actor=nobody");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void a_page_can_be_read_by_everybody_in_light_and_dark(String named) {
        String[] parts = named.split(" ", 2);
        Page page = open("operator", parts[1]);
        look(page, parts[0]);
    }

    @Test
    void a_report_is_read_and_set_beside_another() {
        String id = server.get(ReportOperations.class)
                .reports("order-board", 1)
                .get(0)
                .id();
        Page page = open("viewer", "/console/reports/" + id);
        assertThat(page.locator("main").textContent()).contains("Timeline", "a board for programs");
        look(page, "report");
        link(page, "Put another beside it").click();
        page.getByLabel("The other").selectOption(id);
        button(page, "Compare").click();
        assertThat(page.locator("main").textContent()).contains("first reader after");
    }

    @Test
    void an_effect_that_failed_is_retried() {
        TestNode.await(() -> !database.value("select count(*) from changeover.effect where state = 'failed'")
                .equals("0"));
        Page page = open("operator", "/console/effects");
        page.getByText("Retry…").first().click();
        look(page, "effects-retry");
        button(page, "Retry the effect").click();
        assertThat(page.locator(".told").textContent()).contains("tried again at once");
    }

    @Test
    void what_is_not_there_or_not_permitted_is_told_by_a_page() {
        Page page = browser.signedIn(server, "viewer");
        for (String[] each : List.of(
                new String[] {"/console/nothing", "Not found", "not-found"},
                new String[] {"/console/views/nothing/versions/1/dead-letters", "Not found", "unknown-view"},
                new String[] {"/console/comparisons/x", "Bad request", "bad-request"},
                new String[] {"/console/doctor/mend", "Not permitted", "not-permitted"})) {
            page.navigate(server.address(each[0]));
            assertThat(page.locator("h1").textContent()).isEqualTo(each[1]);
            Browser.assertAccessible(page);
            Browser.picture(page, each[2]);
        }
        // The browser itself says of each of them that it was no success, which is what they are.
        assertThat(browser.complaints()).allMatch(complaint -> complaint.contains("Failed to load resource"));
    }

    @Test
    void what_is_sensitive_is_on_no_page() {
        assertThat(database.value("select contact_family_name from views.order_board_v2 limit 1"))
                .isEqualTo(SURNAME);
        Page page = browser.signedIn(server, "viewer");
        for (String path : List.of(
                "/console/events/order.placed/samples",
                "/console/views/order-board/explain?key=10105",
                "/console/views/order-board/explain?key=10110",
                "/console/effects",
                "/console/audit")) {
            page.navigate(server.address(path));
            assertThat(page.content()).as(path).contains("</html>").doesNotContain(SURNAME);
        }
    }
}
