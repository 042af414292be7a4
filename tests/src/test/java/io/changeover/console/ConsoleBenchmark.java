package io.changeover.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import io.changeover.operation.Operations;
import io.changeover.operation.Request;
import io.changeover.operation.ViewStatus;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the overview costs with many views. Run by {@code bin/benchmark console}, and not with the tests: it prints figures,
 * and fails only when a page does not show what it must.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ConsoleBenchmark {

    private static final int VIEWS = Integer.getInteger("console.views", 200);
    private static final int OPEN = Integer.getInteger("console.open", 10);
    private static final int REQUESTS = Integer.getInteger("console.requests", 100);
    private static final int TAB_SECONDS = Integer.getInteger("console.tab-seconds", 60);

    /** Threads that Tomcat answers requests by. */
    private static final String REQUEST_THREADS = "http-nio";

    private static final Path REPORT = Path.of("target/console-benchmark.txt");

    private static final double NANOS_OF_MILLI = 1e6;

    @TempDir
    Path folder;

    @Test
    void the_overview_of_many_views() throws Exception {
        Files.deleteIfExists(REPORT);
        try (TestDatabase database = TestDatabase.empty();
                ConsoleServer server = ConsoleServer.start(
                        database,
                        folder,
                        Map.of(
                                ManyViews.COUNT,
                                Integer.toString(VIEWS),
                                "spring.autoconfigure.exclude",
                                "io.changeover.examples.orders.OrdersAutoConfiguration,io.changeover.examples.orders.OrdersWebAutoConfiguration,"
                                        + TestNode.WITHOUT_JPA,
                                "logging.level.root",
                                "ERROR"),
                        ManyViews.Known.class,
                        CountedStatements.Counting.class);
                Browser browser = Browser.launch()) {
            Operations operations = server.get(Operations.class);
            for (int number = 1; number <= OPEN; number++) {
                operations.declare(ManyViews.name(number), 2, Request.by("benchmark"));
            }
            line(
                    "%d cores, Java %s, load %.1f before",
                    Runtime.getRuntime().availableProcessors(), System.getProperty("java.version"), load());
            line(
                    "%d views in two versions each, %d open changeovers, %d requests each after 20 to warm up",
                    VIEWS, OPEN, REQUESTS);
            assertThat(operations.views().stream().map(ViewStatus::changeover).filter(Objects::nonNull))
                    .hasSize(OPEN);
            Page page = browser.signedIn(server, "viewer");
            page.navigate("about:blank");
            measure(page, server.address("/console"), "overview");
            measure(page, server.address("/console/overview"), "its polled part");
            tab(page, server);
            line("load %.1f after", load());
        }
    }

    private static void measure(Page page, String address, String name) {
        for (int i = 0; i < 20; i++) {
            var unused = page.request().get(address).text();
        }
        CountedStatements.countThreads(REQUEST_THREADS);
        List<Double> millis = new ArrayList<>();
        int bytes = 0;
        for (int i = 0; i < REQUESTS; i++) {
            long begun = System.nanoTime();
            APIResponse answer = page.request().get(address);
            String text = answer.text();
            millis.add((System.nanoTime() - begun) / NANOS_OF_MILLI);
            bytes = text.length();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(text).contains(OPEN + " open changeovers", VIEWS + " views");
        }
        double statements = (double) CountedStatements.count() / REQUESTS;
        millis.sort(Double::compare);
        line(
                "%-16s p50 %.0f ms, p99 %.0f ms, %.1f statements a request, %,d characters (goal: under 300 ms, %s)",
                name,
                millis.get(REQUESTS / 2),
                millis.get(Math.min(REQUESTS - 1, REQUESTS * 99 / 100)),
                statements,
                bytes,
                millis.get(REQUESTS / 2) < 300 ? "reached" : "MISSED");
    }

    /** The processor time of the whole process, with an open tab and without one. */
    private static void tab(Page page, ConsoleServer server) throws InterruptedException {
        double without = share();
        page.navigate(server.address("/console"));
        CountedStatements.countThreads(REQUEST_THREADS);
        double with = share();
        line(
                "an open tab      %.1f %% of one core more in the application than without it (%.1f %% against %.1f %% in %d s each), %d statements",
                100 * (with - without), 100 * with, 100 * without, TAB_SECONDS, CountedStatements.count());
    }

    /** A measurement lasts so long; nothing is judged by it. */
    private static double share() throws InterruptedException {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long before = system.getProcessCpuTime();
        long begun = System.nanoTime();
        Thread.sleep(TAB_SECONDS * 1_000L);
        return (double) (system.getProcessCpuTime() - before) / (System.nanoTime() - begun);
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static void line(String format, Object... arguments) {
        String line = String.format(Locale.ROOT, format, arguments);
        System.out.println(line);
        try {
            Files.writeString(REPORT, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
