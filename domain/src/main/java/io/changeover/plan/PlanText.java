package io.changeover.plan;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A plan as the text that {@link PlanReader} reads as the same plan, with every part written out. */
public final class PlanText {

    /** Texts that no YAML takes for anything but a text. */
    private static final Pattern PLAIN = Pattern.compile("[a-z][a-z0-9-]*( [a-z0-9-]+)*");

    private static final List<String> NOT_PLAIN = List.of("true", "false", "yes", "no", "on", "off", "null", "y", "n");

    private PlanText() {}

    /** The text, which ends with a line break. */
    public static String of(Plan plan) {
        List<String> lines = new ArrayList<>();
        lines.add("name: " + quoted(plan.name()));
        if (plan.view() != null) {
            lines.add("view: " + quoted(plan.view()));
        }
        if (plan.to() != null) {
            lines.add("to: " + plan.to());
        }
        lines.add("shadow: " + DurationText.of(plan.shadow()));
        lines.add("steps:");
        plan.steps().forEach(step -> lines.add("  - {%s}".formatted(step(step))));
        lines.add("soak: " + DurationText.of(plan.soak()));
        lines.add("gates:");
        limits(plan.limits()).forEach(limit -> lines.add("  " + limit));
        if (!plan.beans().isEmpty()) {
            lines.add("  beans: [%s]"
                    .formatted(plan.beans().stream().map(PlanText::quoted).collect(Collectors.joining(", "))));
        }
        lines.add("on-breach: " + breaches(plan));
        if (!plan.quiet().isEmpty()) {
            lines.add("quiet:");
            plan.quiet().forEach(quiet -> lines.add("  - {%s}".formatted(quiet(quiet))));
        }
        Plan.Completion end = plan.completion();
        lines.add("completion: {automatic: %s, hold: %s, purge: %s}"
                .formatted(end.automatic(), DurationText.of(end.hold()), DurationText.of(end.purge())));
        if (plan.wantsFourEyes()) {
            lines.add("four-eyes: true");
        }
        return String.join("\n", lines) + "\n";
    }

    private static String step(Plan.Step step) {
        String approval = step.approval() == null ? "" : ", approval: %s".formatted(quoted(step.approval()));
        return "percent: %d, soak: %s%s".formatted(step.percent(), DurationText.of(step.soak()), approval);
    }

    private static List<String> limits(Limits limits) {
        return List.of(
                "lag: " + limits.maxLag(),
                "parity-age: " + DurationText.of(limits.maxParityAge()),
                "dead-letters: " + limits.maxDeadLetters(),
                "shadow-differences: {most: %s, samples: %d}"
                        .formatted(share(limits.maxShadowDifferences()), limits.minShadowSamples()),
                "errors: {most: %s, calls: %d}".formatted(share(limits.maxErrors()), limits.minCalls()),
                "latency-ratio: " + plain(BigDecimal.valueOf(limits.maxLatencyRatio())),
                "error-budget-left: " + share(limits.minBudgetLeft()),
                "nodes: " + (limits.nodes() ? "all" : "any"));
    }

    private static String share(double share) {
        return plain(BigDecimal.valueOf(share).movePointRight(2)) + "%";
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

    private static String breaches(Plan plan) {
        if (plan.breaches().isEmpty()) {
            return plan.onBreach().text();
        }
        StringBuilder text = new StringBuilder("{default: " + plan.onBreach().text());
        new TreeMap<>(plan.breaches())
                .forEach((gate, breach) -> text.append(", %s: %s".formatted(quoted(gate), breach.text())));
        return text.append('}').toString();
    }

    private static String quiet(QuietTime quiet) {
        StringBuilder text = new StringBuilder();
        if (quiet.days().size() < DayOfWeek.values().length) {
            text.append("days: [%s], "
                    .formatted(new TreeSet<>(quiet.days())
                            .stream()
                                    .map(day -> day.name().substring(0, 3).toLowerCase(Locale.ROOT))
                                    .collect(Collectors.joining(", "))));
        }
        if (!quiet.from().equals(LocalTime.MIDNIGHT) || !quiet.until().equals(LocalTime.MIDNIGHT)) {
            text.append("from: \"%s\", until: \"%s\", ".formatted(quiet.from(), quiet.until()));
        }
        return text.append("zone: %s".formatted(quoted(quiet.zone().getId()))).toString();
    }

    private static String quoted(String text) {
        if (PLAIN.matcher(text).matches() && !NOT_PLAIN.contains(text)) {
            return text;
        }
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(character -> {
            if (character == '"' || character == '\\') {
                quoted.append('\\').appendCodePoint(character);
            } else if (character < ' ' || character > '~') {
                quoted.append(
                        character > Character.MAX_VALUE
                                ? "\\U%08X".formatted(character)
                                : "\\u%04X".formatted(character));
            } else {
                quoted.appendCodePoint(character);
            }
        });
        return quoted.append('"').toString();
    }
}
