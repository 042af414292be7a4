package io.changeover.cli;

import java.time.Duration;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Puts fallbacks into words and tables. */
final class ShowFallbacks {

    private static final double NANOS_OF_MILLI = 1e6;

    private ShowFallbacks() {}

    static String report(JsonNode report) {
        StringBuilder text = new StringBuilder();
        text.append("%s, with %s behind it%s\n"
                .formatted(
                        report.path("version").asString(),
                        report.path("fallback").asString(),
                        report.path("guarded").asBoolean() ? "" : " until the changeover was over"));
        JsonNode budget = report.path("budget");
        text.append("budget    %s of %s calls may fall back, %s did, %s\n"
                .formatted(
                        count(budget.path("allowed")),
                        count(budget.path("calls")),
                        count(budget.path("spent")),
                        left(budget.path("left").asLong())));
        text.append("breaker   %s on %s\n"
                .formatted(
                        report.path("breaker").asString(), report.path("node").asString()));
        text.append("limit     %s\n".formatted(limit(report)));
        JsonNode latency = report.path("latency");
        if (latency.isObject()) {
            text.append("answers   half within %s, 99 of 100 within %s, of %s on %s\n"
                    .formatted(
                            millis(latency.path("p50")),
                            millis(latency.path("p99")),
                            count(latency.path("answers")),
                            report.path("node").asString()));
        }
        JsonNode calls = report.path("calls");
        text.append("\n")
                .append(new Table("ANSWERED", "FAILED", "TIMED OUT", "BUSY", "SHED", "REFUSED BY BOTH", "INTERRUPTED")
                        .row(
                                count(calls.path("answered")),
                                count(calls.path("failed")),
                                count(calls.path("timedOut")),
                                count(calls.path("busy")),
                                count(calls.path("shed")),
                                count(calls.path("refusedByBoth")),
                                count(calls.path("interrupted"))));
        JsonNode failures = report.path("failures");
        if (!failures.isEmpty()) {
            Table table = new Table("LAST FAILURES", "METHOD", "OUTCOME", "KIND", "CAUSE", "SQL STATE");
            for (JsonNode failure : failures) {
                table.row(
                        failure.path("at").asString(),
                        failure.path("method").asString(),
                        failure.path("outcome").asString(),
                        failure.path("kind").asString(),
                        orDash(failure.path("cause")),
                        orDash(failure.path("sqlState")));
            }
            text.append("\n\n").append(table);
        }
        return text.toString();
    }

    private static String left(long left) {
        return left < 0
                ? String.format(Locale.ROOT, "%,d more than may", -left)
                : String.format(Locale.ROOT, "%,d left", left);
    }

    private static String limit(JsonNode report) {
        Duration limit = Duration.parse(report.path("timeLimit").asString());
        return limit.isZero()
                ? "none, so calls are made on the reader's thread"
                : "%s, %s of %s workers at work"
                        .formatted(
                                millis(report.path("timeLimit")),
                                count(report.path("working")),
                                count(report.path("workers")));
    }

    private static String millis(JsonNode duration) {
        return String.format(
                Locale.ROOT, "%,.1f ms", Duration.parse(duration.asString()).toNanos() / NANOS_OF_MILLI);
    }

    private static String orDash(JsonNode value) {
        return value.isString() ? value.asString() : "-";
    }

    private static String count(JsonNode value) {
        return String.format(Locale.ROOT, "%,d", value.asLong());
    }
}
