package io.changeover.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Follows a comparison to its end and tells what came of it. */
final class ComparisonEnd {

    /** The server is asked for progress this often; it has no way to call back. */
    private static final Duration LOOK = Duration.ofMillis(500);

    /** Most comparisons end at once, and then nobody wants to wait for a look. */
    private static final Duration FIRST_LOOK = Duration.ofMillis(50);

    private ComparisonEnd() {}

    /** The status at the end. Whoever interrupts it is told how to find the comparison again, which goes on. */
    static JsonNode await(Connection connection, JsonNode begun) {
        PrintWriter err = Objects.requireNonNull(connection.spec).commandLine().getErr();
        Thread hook = new Thread(() -> {
            err.println();
            err.println(goesOn(begun));
            err.flush();
        });
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return follow(connection, begun, err);
        } catch (UnreachableException e) {
            err.println(goesOn(begun));
            throw e;
        } finally {
            remove(hook);
        }
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process ends already, and the hook has its turn
        }
    }

    static String goesOn(JsonNode status) {
        return "Comparison %1$s goes on; look at it with 'changeover comparison status %1$s', stop it with 'changeover comparison cancel %1$s'"
                .formatted(status.path("id").asString());
    }

    private static JsonNode follow(Connection connection, JsonNode begun, PrintWriter err) {
        ApiClient client = connection.client();
        boolean terminal = connection.isTerminal();
        JsonNode status = begun;
        Duration look = FIRST_LOOK;
        while (status.path("state").asString().equals("running")) {
            if (terminal) {
                err.print("\r" + ShowComparison.progress(status) + "   ");
                err.flush();
            }
            try {
                Thread.sleep(look.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return status;
            }
            look = look.multipliedBy(2).compareTo(LOOK) < 0 ? look.multipliedBy(2) : LOOK;
            status = client.get("/api/comparisons/" + begun.path("id").asString());
        }
        if (terminal) {
            err.println();
        }
        return status;
    }

    /** Prints the report, or why there is none, and tells the exit code. */
    static int print(Connection connection, JsonNode status) {
        if (!status.path("report").isObject()) {
            connection.print(status, ShowComparison::status);
            return status.path("state").asString().equals("running") ? ExitCode.OK : ExitCode.REFUSED;
        }
        if (connection.output == Connection.Output.json) {
            connection.print(withReport(status), json -> "");
        } else {
            connection.print(status, ShowComparison::report);
        }
        return ExitCode.of(status.path("verdict").asString());
    }

    /** The report, as programs know it, with what belongs to it. */
    private static JsonNode withReport(JsonNode status) {
        ObjectNode report = ((ObjectNode) status.path("report")).deepCopy();
        report.set("id", status.path("id"));
        report.set("note", status.path("note"));
        return report;
    }
}
