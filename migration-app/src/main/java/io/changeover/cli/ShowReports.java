package io.changeover.cli;

import io.changeover.terminal.Progress;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** Puts reports of changeovers into tables. */
final class ShowReports {

    private ShowReports() {}

    static String list(JsonNode reports) {
        if (reports.isEmpty()) {
            return "There was no changeover.";
        }
        Table table = new Table(
                "CHANGEOVER",
                "VIEW",
                "VERSIONS",
                "OUTCOME",
                "PLAN",
                "DECLARED",
                "LASTED",
                "ROLLBACKS",
                "DIFFERENCES",
                "FELL BACK");
        for (JsonNode report : reports) {
            String outcome = report.path("outcome").asString();
            table.row(
                    report.path("id").asString(),
                    report.path("view").asString(),
                    "%d to %d"
                            .formatted(
                                    report.path("from").asInt(),
                                    report.path("to").asInt()),
                    outcome.equals("open") ? "open, " + report.path("phase").asString() : outcome,
                    Show.orDash(report.path("plan")),
                    report.path("declaredAt").asString(),
                    Progress.duration(Duration.parse(report.path("lasted").asString())),
                    Show.count(report.path("rollbacks")),
                    Show.count(report.path("differences")),
                    Show.count(report.path("budgetSpent")));
        }
        return table.toString();
    }

    static String comparison(JsonNode comparison) {
        Table table = new Table(
                "FIGURE",
                comparison.path("left").path("id").asString(),
                comparison.path("right").path("id").asString());
        for (JsonNode line : comparison.path("lines")) {
            table.row(
                    line.path("figure").asString(),
                    line.path("left").asString(),
                    line.path("right").asString());
        }
        return table.toString();
    }
}
