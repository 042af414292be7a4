package io.changeover.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.changeover.operation.Request;
import io.changeover.projection.Projections;
import io.changeover.projection.SegmentClaim;
import io.changeover.stream.CommitSignals;
import io.changeover.stream.EventTable;
import io.changeover.stream.StoreSchema;
import io.changeover.testkit.TestNode;
import io.changeover.view.VersionId;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * How long it takes from the commit of an event until the rows of it can be seen, in two versions of a view that three
 * nodes share, with and without signals between the nodes, and what the signals cost who writes. Run by
 * {@code bin/benchmark nodes}, and not with the tests: it prints figures, and fails only when rows are missing.
 *
 * <p>Both moments are PostgreSQL's own: each event opens an account, whose row is written once, so the commit times of the
 * transactions that wrote event and row are there to be read when all is over, and nobody polls meanwhile.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NodesBenchmark {

    private static final int RATE = Integer.getInteger("nodes.rate", 500);
    private static final int SECONDS = Integer.getInteger("nodes.seconds", 5);
    private static final int ROUNDS = Integer.getInteger("nodes.rounds", 2);
    private static final String FSYNC = System.getProperty("nodes.fsync", "on");
    private static final int NODES = 3;
    private static final int WRITERS = 4;
    private static final double GOAL_MILLIS = 50;
    private static final double NANOS_OF_A_MILLI = 1e6;
    private static final String DATABASE = "postgres";
    private static final Path REPORT = Path.of("target/nodes-benchmark.txt");
    private static final String INSERT =
            """
            insert into public.domain_event_entry (aggregate_identifier, sequence_number, type, event_identifier,
                meta_data, payload, payload_revision, payload_type, time_stamp)
            values (?, 0, 'Account', gen_random_uuid(), '{}', convert_to(?, 'UTF8'), '1', 'account.opened', '2026-01-01T00:00:00Z')""";
    private static final String LAGS =
            """
            select extract(epoch from pg_xact_commit_timestamp(r.xmin) - pg_xact_commit_timestamp(e.xmin)) * 1000
            from public.domain_event_entry e join views.%s r on r.account = e.aggregate_identifier
            where e.aggregate_identifier like '%s-%%'""";

    /** Milliseconds, in order. */
    private static final class Times {

        private final double[] sorted;

        private Times(double[] millis) {
            sorted = millis.clone();
            Arrays.sort(sorted);
        }

        int count() {
            return sorted.length;
        }

        double at(double share) {
            return sorted[(int) Math.min(sorted.length - 1L, (long) Math.ceil(share * sorted.length) - 1)];
        }

        String text() {
            return String.format(
                    Locale.ROOT,
                    "p50 %6.1f  p95 %6.1f  p99 %6.1f  max %6.1f ms",
                    at(0.5),
                    at(0.95),
                    at(0.99),
                    sorted[sorted.length - 1]);
        }
    }

    private int measured;

    @Test
    void commit_to_row_on_three_nodes() throws Exception {
        Files.deleteIfExists(REPORT);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                        .setServerConfig("track_commit_timestamp", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("full_page_writes", "on")
                        .setServerConfig("fsync", FSYNC)
                        .start();
                HikariDataSource outside = pool(postgres)) {
            StoreSchema.migrate(outside);
            line(
                    "%d cores, Java %s, load %.1f before; PostgreSQL with synchronous_commit=on and fsync=%s, %d nodes and the writer's %d threads on this machine",
                    Runtime.getRuntime().availableProcessors(),
                    System.getProperty("java.version"),
                    load(),
                    FSYNC,
                    NODES,
                    WRITERS);
            line("%d events/s for %d s each time; balance@1 and balance@2 are live", RATE, SECONDS);
            write(account -> insert(outside, account)); // warms up
            append("nobody follows, a writer that is no node", account -> insert(outside, account));
            line("commits of such a writer: %s", commits(outside).text());
            for (int round = 1; round <= ROUNDS; round++) {
                line("round %d", round);
                signalled(postgres, outside, round);
                polled(postgres, outside, round);
            }
            line("load %.1f after", load());
        }
    }

    private void signalled(EmbeddedPostgres postgres, HikariDataSource outside, int round) throws Exception {
        List<TestNode> nodes = start(postgres, true, round);
        try (CommitSignals signals = new CommitSignals(outside, EventTable.ofSpring(), "outside")) {
            TestNode writer = writer(nodes);
            TestNode.await(() -> nodes.stream()
                    .allMatch(node -> node.get(CommitSignals.class).isListening()));
            signals.start();
            write(account -> publish(writer, account)); // warms up
            long heard = heard(nodes);
            lag(
                    "signals, a node that follows neither version writes",
                    outside,
                    account -> publish(writer, account),
                    true);
            line("    %,d signals of it were heard by the other nodes", heard(nodes) - heard);
            lag(
                    "signals, a writer that is no node and tells as nodes do",
                    outside,
                    account -> {
                        insert(outside, account);
                        signals.committed();
                    },
                    true);
            lag(
                    "signals, a writer that is no node and tells nobody",
                    outside,
                    account -> insert(outside, account),
                    false);
        } finally {
            nodes.forEach(TestNode::close);
        }
    }

    private void polled(EmbeddedPostgres postgres, HikariDataSource outside, int round) throws Exception {
        List<TestNode> nodes = start(postgres, false, round);
        try {
            TestNode writer = writer(nodes);
            write(account -> publish(writer, account)); // warms up
            lag(
                    "no signals, a node that follows neither version writes",
                    outside,
                    account -> publish(writer, account),
                    false);
            lag("no signals, a writer that is no node", outside, account -> insert(outside, account), false);
        } finally {
            nodes.forEach(TestNode::close);
        }
    }

    private static long heard(List<TestNode> nodes) {
        return nodes.stream()
                .mapToLong(node -> node.get(CommitSignals.class).heard())
                .sum();
    }

    private List<TestNode> start(EmbeddedPostgres postgres, boolean signals, int round) {
        List<TestNode> nodes = new ArrayList<>();
        for (int number = 1; number <= NODES; number++) {
            Map<String, String> settings = new TreeMap<>();
            settings.put("changeover.node-id", "node-" + number);
            settings.put("changeover.live.balance", "false"); // who writes is to follow neither version throughout
            settings.put("changeover.signals.enabled", Boolean.toString(signals));
            settings.put("spring.flyway.enabled", "false");
            settings.put(
                    "spring.autoconfigure.exclude",
                    "io.changeover.examples.orders.OrdersAutoConfiguration,io.changeover.examples.orders.OrdersWebAutoConfiguration,"
                            + TestNode.WITHOUT_JPA);
            nodes.add(TestNode.start(
                    postgres.getJdbcUrl(DATABASE, DATABASE),
                    DATABASE,
                    "",
                    settings,
                    LedgerDomain.Known.class,
                    LedgerDomain.WithStep.class));
        }
        if (signals && round == 1) {
            nodes.get(0).operations().declare("balance", 2, Request.by("benchmark"));
            nodes.get(0).backfill("balance");
        }
        nodes.get(0).awaitCaughtUp("balance@1");
        nodes.get(0).awaitCaughtUp("balance@2");
        return nodes;
    }

    /** A node that has claimed no version: what it writes, others must learn of. */
    private static TestNode writer(List<TestNode> nodes) {
        Projections projections = nodes.get(0).get(Projections.class);
        List<VersionId> versions = List.of(new VersionId("balance", 1), new VersionId("balance", 2));
        TestNode.await(() -> {
            Map<VersionId, List<SegmentClaim>> claims = projections.claims();
            return versions.stream()
                    .map(version -> claims.getOrDefault(version, List.of()))
                    .allMatch(segments ->
                            !segments.isEmpty() && segments.stream().allMatch(claim -> claim.owner() != null));
        });
        List<String> claimants = versions.stream()
                .flatMap(version -> projections.claimedBy(version).stream())
                .toList();
        for (int number = NODES; number > 0; number--) {
            if (!claimants.contains("node-" + number)) {
                return nodes.get(number - 1);
            }
        }
        throw new IllegalStateException("Two versions of one segment each are claimed by " + claimants);
    }

    /** Prints the lag of both versions together, and what the writer has waited. */
    private void lag(String what, HikariDataSource outside, Consumer<String> writer, boolean hasGoal) throws Exception {
        String name = "m" + ++measured;
        Times appended = write(name, writer);
        String events = "select count(*) from public.domain_event_entry where aggregate_identifier like '%s-%%'"
                .formatted(name);
        TestNode.await(() -> Stream.of("balance_v1", "balance_v2")
                .allMatch(table -> numbers(
                                outside,
                                "select count(*) from views.%s where account like '%s-%%'".formatted(table, name))[0]
                        == appended.count()));
        double[] first = numbers(outside, LAGS.formatted("balance_v1", name));
        double[] second = numbers(outside, LAGS.formatted("balance_v2", name));
        assertThat(numbers(outside, events)[0]).isEqualTo(RATE * SECONDS);
        assertThat(first).hasSize(RATE * SECONDS);
        assertThat(second).hasSize(RATE * SECONDS);
        Times lag = new Times(
                Stream.of(first, second).flatMapToDouble(Arrays::stream).toArray());
        line("  %s", what);
        line(
                "    commit to row: %s%s",
                lag.text(),
                hasGoal
                        ? " (goal p99 < %.0f ms, %s)"
                                .formatted(GOAL_MILLIS, lag.at(0.99) < GOAL_MILLIS ? "reached" : "MISSED")
                        : "");
        line("    append:        %s", appended.text());
    }

    private void append(String what, Consumer<String> writer) throws Exception {
        line("%s", what);
        line("    append:        %s", write("m" + ++measured, writer).text());
    }

    private void write(Consumer<String> writer) throws Exception {
        var unused = write("w" + ++measured, writer);
    }

    /** Writes at a steady rate, and says how long each took. Who is late does not wait for the next. */
    private static Times write(String name, Consumer<String> writer) throws Exception {
        int events = RATE * SECONDS;
        double[] millis = new double[events];
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        long begun = System.nanoTime();
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < WRITERS; thread++) {
                int first = thread;
                all.add(threads.submit(() -> {
                    for (int event = first; event < events; event += WRITERS) {
                        long due = begun + event * 1_000_000_000L / RATE;
                        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                            LockSupport.parkNanos(left);
                        }
                        long start = System.nanoTime();
                        writer.accept(name + "-" + event);
                        millis[event] = (System.nanoTime() - start) / NANOS_OF_A_MILLI;
                    }
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
        return new Times(millis);
    }

    private static void publish(TestNode node, String account) {
        new TransactionTemplate(node.get(PlatformTransactionManager.class))
                .executeWithoutResult(status -> node.get(EventStore.class)
                        .publish(new GenericDomainEventMessage<>(
                                "Account", account, 0, new LedgerDomain.Opened(account, "somebody"))));
    }

    private static void insert(HikariDataSource outside, String account) {
        try (Connection connection = outside.getConnection();
                PreparedStatement statement = connection.prepareStatement(INSERT)) {
            statement.setString(1, account);
            statement.setString(2, "{\"account\":\"%s\",\"owner\":\"somebody\"}".formatted(account));
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a commit alone takes: the time by which PostgreSQL's stamp of it is early. */
    private static Times commits(HikariDataSource outside) throws SQLException {
        double[] millis = new double[RATE];
        try (Connection connection = outside.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table public.commits (number int)");
            connection.setAutoCommit(false);
            for (int number = 0; number < millis.length; number++) {
                statement.execute("insert into public.commits values (1)");
                long start = System.nanoTime();
                connection.commit();
                millis[number] = (System.nanoTime() - start) / NANOS_OF_A_MILLI;
            }
            connection.setAutoCommit(true);
        }
        return new Times(millis);
    }

    private static double[] numbers(HikariDataSource outside, String query) {
        try (Connection connection = outside.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<Double> numbers = new ArrayList<>();
            while (rows.next()) {
                numbers.add(rows.getDouble(1));
            }
            return numbers.stream().mapToDouble(Double::doubleValue).toArray();
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    private static HikariDataSource pool(EmbeddedPostgres postgres) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(postgres.getJdbcUrl(DATABASE, DATABASE));
        config.setUsername(DATABASE);
        config.setMaximumPoolSize(WRITERS + 4);
        return new HikariDataSource(config);
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static void line(String text, Object... values) {
        try {
            Files.writeString(
                    REPORT,
                    String.format(Locale.ROOT, text, values) + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
