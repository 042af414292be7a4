package io.changeover.cli;

import io.changeover.plan.DurationText;
import io.changeover.plan.Plan;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Puts plans and gates into words and tables. */
final class ShowPlan {

    private ShowPlan() {}

    /** Such as {@code 5 % for 15m, 100 % for 1d}. */
    static String shares(Plan plan) {
        return plan.steps().stream()
                .map(step -> "%d %% for %s%s"
                        .formatted(
                                step.percent(),
                                DurationText.of(
                                        step.percent() == 100 ? step.soak().plus(plan.soak()) : step.soak()),
                                step.approval() == null ? "" : " (approved by '%s')".formatted(step.approval())))
                .collect(Collectors.joining(", "));
    }

    static String preview(JsonNode preview) {
        StringBuilder text = new StringBuilder();
        text.append("plan '%s' for %s %s to %s, %s%n"
                .formatted(
                        preview.path("plan").asString(),
                        preview.path("view").asString(),
                        preview.path("from").asString(),
                        preview.path("to").asString(),
                        stands(preview)));
        if (preview.path("halted").isString()) {
            text.append("halted: %s; resume it first%n"
                    .formatted(preview.path("halted").asString()));
        }
        Table table = new Table("STEP", "STATE", "STAYS", "EARLIEST", "WAITS FOR", "WHAT");
        for (JsonNode step : preview.path("steps")) {
            table.row(
                    step.path("name").asString(),
                    step.path("state").asString(),
                    step.path("stays").isString()
                            ? DurationText.of(Duration.parse(step.path("stays").asString()))
                            : "-",
                    Show.orDash(step.path("earliest")),
                    Show.orDash(step.path("waitsFor")),
                    step.path("what").asString());
        }
        return text.append("%n%s%n%n%s".formatted(table, gates(preview.path("gates"))))
                .toString();
    }

    private static String stands(JsonNode preview) {
        if (!preview.path("phase").isString()) {
            return "which would be declared first";
        }
        return "%s, %s %%, %s"
                .formatted(
                        preview.path("phase").asString(),
                        preview.path("percent").asString(),
                        preview.path("adopted").asBoolean() ? "adopted" : "not adopted");
    }

    static String gates(JsonNode gates) {
        if (gates.isEmpty()) {
            return "No gate was asked: the changeover has no plan.";
        }
        Table table = new Table("GATE", "VERDICT", "MEASURED", "REQUIRED", "REASON");
        for (JsonNode gate : gates) {
            table.row(
                    gate.path("gate").asString(),
                    gate.path("verdict").asString(),
                    gate.path("measured").asString(),
                    gate.path("required").asString(),
                    gate.path("reason").asString().isEmpty()
                            ? "-"
                            : gate.path("reason").asString());
        }
        return table.toString();
    }

    /** 0 when all gates pass, 4 when one refuses, 5 when one holds or none was asked. */
    static int exitCode(JsonNode gates) {
        List<String> verdicts =
                gates.valueStream().map(gate -> gate.path("verdict").asString()).toList();
        if (verdicts.contains("refuse")) {
            return ExitCode.DIFFERENT;
        }
        return !verdicts.isEmpty() && verdicts.stream().allMatch("pass"::equals)
                ? ExitCode.OK
                : ExitCode.NOT_COMPARABLE;
    }
}
