package io.changeover.effects;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.effects.PostOffice.Mail;
import io.changeover.operation.Operations;
import io.changeover.operation.Request;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OrderConfirmationsTest {

    private static final Request ANN = Request.by("ann");
    private static final String OLD = "We have your order";
    private static final String NEW = "Dear Carine Schmitt, your order";

    private final TestDatabase database = TestDatabase.withStore();
    private final PostOffice post = new PostOffice();

    @AfterEach
    void drop() {
        post.close();
        database.close();
    }

    private TestNode start(String name) {
        return TestNode.start(database, post.settings(name));
    }

    private static List<String> keys(int orders) {
        return IntStream.rangeClosed(1, orders)
                .mapToObj(order -> PostOffice.key(Integer.toString(order)))
                .toList();
    }

    @Test
    void every_order_gets_one_confirmation_by_one_version_through_a_whole_changeover() throws Exception {
        ExecutorService shop = Executors.newSingleThreadExecutor();
        AtomicBoolean open = new AtomicBoolean(true);
        try (TestNode node = start("shop")) {
            Future<Integer> placed = shop.submit(() -> {
                int order = 0;
                while (open.get()) {
                    order++;
                    PostOffice.placeOrder(database, Integer.toString(order));
                    Thread.sleep(25); // so that a slow machine is not left with thousands of orders to confirm
                }
                return order;
            });
            Operations operations = node.operations();
            operations.declare("order-board", 2, ANN);
            node.backfill("order-board");
            verify(node);
            operations.shift("order-board", 30, ANN);
            awaitText(OLD);
            operations.shift("order-board", 100, ANN);
            awaitText(NEW);
            operations.rollBack("order-board", ANN);
            verify(node);
            operations.shift("order-board", 100, ANN);
            BellNode.complete(node, "order-board", ANN);
            open.set(false);
            int orders = placed.get();
            PostOffice.awaitQuiet(database);

            List<Mail> mails = post.mails();
            assertThat(mails).extracting(Mail::key).containsExactlyInAnyOrderElementsOf(keys(orders));
            assertThat(mails).extracting(Mail::messageId).doesNotHaveDuplicates();
            assertThat(mails).allSatisfy(mail -> assertThat(mail.text())
                    .startsWith(
                            database.value("select version from changeover.effect where event_id = '%s'"
                                                    .formatted(mail.key()
                                                            .substring(
                                                                    mail.key().lastIndexOf('/') + 1)))
                                            .equals("1")
                                    ? OLD
                                    : NEW));
        } finally {
            open.set(false);
            shop.shutdownNow();
        }
    }

    private static void verify(TestNode node) {
        node.awaitCaughtUp("order-board@1");
        node.awaitCaughtUp("order-board@2");
        node.operations().verify("order-board", ANN);
    }

    private void awaitText(String beginning) {
        TestNode.await(() -> post.mails().stream().anyMatch(mail -> mail.text().startsWith(beginning)));
    }

    @Test
    void while_the_mail_server_is_down_confirmations_wait_and_none_is_lost() {
        try (TestNode node = start("shop")) {
            assertThat(node.operations().view("order-board").serving()).isEqualTo(1);
            PostOffice.placeOrder(database, "1");
            PostOffice.awaitQuiet(database);
            post.close();
            PostOffice.placeOrder(database, "2");
            PostOffice.placeOrder(database, "3");
            TestNode.await(
                    () -> "2"
                            .equals(
                                    database.value(
                                            "select count(*) from changeover.effect where state = 'pending' and attempts > 2 and failure like 'MailConnectException: %'")));
            post.open();
            PostOffice.awaitQuiet(database);
            assertThat(post.mails()).extracting(Mail::key).containsExactlyInAnyOrderElementsOf(keys(3));
        }
    }

    @Test
    void a_node_killed_between_sending_and_marking_shows_the_receiver_one_key_twice_and_loses_nothing(
            @TempDir Path folder) throws Exception {
        Process node = process(folder);
        try (Connection lock = database.dataSource().getConnection();
                Statement statement = lock.createStatement()) {
            TestNode.await(() -> {
                assertThat(node.isAlive()).isTrue();
                return "t".equals(database.value("select to_regclass('changeover.fence') is not null"))
                        && "1".equals(database.value("select count(*) from changeover.fence"));
            });
            PostOffice.placeOrder(database, "1");
            PostOffice.awaitQuiet(database);
            // From here on whoever marks an effect as done waits for this session.
            statement.execute("select pg_advisory_lock(42)");
            database.run(
                    "create function stop_here() returns trigger language plpgsql as $$ begin perform pg_advisory_xact_lock(42); return new; end $$",
                    "create trigger stop_here before update on changeover.effect for each row when (new.state = 'done') execute function stop_here()");
            PostOffice.placeOrder(database, "2");
            String waiting =
                    "from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and wait_event = 'advisory'";
            TestNode.await(() -> "1".equals(database.value("select count(*) " + waiting)));
            assertThat(post.mails()).extracting(Mail::key).containsExactlyInAnyOrderElementsOf(keys(2));
            node.destroyForcibly().waitFor();
            // A backend goes on with its statement after its client has died; that of a machine that died would not.
            TestNode.await(() -> {
                database.value("select count(pg_terminate_backend(pid)) " + waiting);
                return "0".equals(database.value("select count(*) " + waiting));
            });
            database.run("drop trigger stop_here on changeover.effect");
            statement.execute("select pg_advisory_unlock(42)");
            assertThat(database.value("select state from changeover.effect where event_id = 'placed-2'"))
                    .isEqualTo("pending");

            PostOffice.placeOrder(database, "3");
            try (TestNode other = start("other")) {
                assertThat(other.operations().view("order-board").serving()).isEqualTo(1);
                PostOffice.awaitQuiet(database);
            }
            List<String> expected = new ArrayList<>(keys(3));
            expected.add(PostOffice.key("2"));
            assertThat(post.mails()).extracting(Mail::key).containsExactlyInAnyOrderElementsOf(expected);
            // One identifier for both copies, so that a mail server or client can know.
            assertThat(post.mails().stream().map(Mail::messageId).distinct()).hasSize(3);
            assertThat(database.value("select attempts from changeover.effect where event_id = 'placed-2'"))
                    .isEqualTo("2");
        } finally {
            node.destroyForcibly().waitFor();
        }
    }

    private Process process(Path folder) throws IOException {
        String testClasses = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                testClasses,
                NodeProcess.class.getName(),
                database.url(),
                database.user(),
                database.password()));
        for (Map.Entry<String, String> setting : post.settings("doomed").entrySet()) {
            command.add(setting.getKey() + "=" + setting.getValue());
        }
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.txt").toFile())
                .start();
    }
}
