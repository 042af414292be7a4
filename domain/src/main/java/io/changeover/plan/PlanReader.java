package io.changeover.plan;

import io.changeover.plan.Plan.Breach;
import io.changeover.plan.Plan.Completion;
import io.changeover.plan.Plan.Step;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads plans that people have written as YAML. What a plan leaves out it takes from {@link Plan#standard()}; what cannot
 * be is refused with all of it at once, each with its line.
 */
public final class PlanReader {

    /** Characters that the text of a plan may have. */
    public static final int LONGEST = 10_000;

    private static final int LARGEST_VERSION = 999_999;
    private static final String BREACH = "must be hold, step-back or roll-back";

    private static final Set<String> KEYS = keys(
            "name", "view", "to", "shadow", "steps", "soak", "gates", "on-breach", "quiet", "completion", "four-eyes");
    private static final Set<String> STEP = keys("percent", "soak", "approval");
    private static final Set<String> GATES = keys(
            "lag",
            "parity-age",
            "dead-letters",
            "shadow-differences",
            "errors",
            "latency-ratio",
            "error-budget-left",
            "nodes",
            "beans");
    private static final Set<String> SHADOW_DIFFERENCES = keys("most", "samples");
    private static final Set<String> ERRORS = keys("most", "calls");
    private static final Set<String> QUIET = keys("days", "from", "until", "zone");
    private static final Set<String> COMPLETION = keys("automatic", "hold", "purge");

    private final PlanProblems problems = new PlanProblems();
    private final Plan standard = Plan.standard();

    private PlanReader() {}

    private static Set<String> keys(String... names) {
        return new LinkedHashSet<>(List.of(names)); // in the order in which people are told of them
    }

    /**
     * The plan that the text describes.
     *
     * @throws InvalidPlanException when it describes none; the message names every problem with its line
     */
    public static Plan read(String text) {
        return new PlanReader().plan(text);
    }

    private Plan plan(String text) {
        if (text.length() > LONGEST) {
            problems.add(
                    1, 1, "the text has %d characters but may have %d; shorten it".formatted(text.length(), LONGEST));
        }
        problems.throwIfAny();
        Optional<Node> root = PlanDocument.of(text, problems);
        problems.throwIfAny();
        if (root.isEmpty() || (root.get() instanceof ScalarNode && PlanFields.text(root.get()) == null)) {
            problems.add(1, 1, "the text holds no plan; write at least its steps, or print one with 'plan default'");
        }
        problems.throwIfAny();
        return plan(root.orElseThrow());
    }

    private Plan plan(Node root) {
        PlanFields fields = PlanFields.of(root, "", KEYS, problems);
        String name = fields.value(
                "name",
                standard.name(),
                text -> text.isBlank() || text.length() > Plan.LONGEST_NAME ? null : text,
                "must have 1 to %d characters".formatted(Plan.LONGEST_NAME));
        @Nullable
        String view = fields.optional(
                "view",
                text -> Plan.VIEW.matcher(text).matches() ? text : null,
                "must be the name of a view such as order-board");
        @Nullable
        Integer to = fields.optional(
                "to",
                text -> whole(text, LARGEST_VERSION),
                "must be a version from 1 to %d".formatted(LARGEST_VERSION));
        PlanFields gates = mapping(fields, "gates", GATES);
        List<String> beans = gates.names(
                "beans", Plan.NAME, "the name of a gate of your own such as office-hours", "[office-hours]");
        Map<String, Breach> breaches = new LinkedHashMap<>();
        Breach onBreach = breaches(fields, beans, breaches);
        PlanFields completion = mapping(fields, "completion", COMPLETION);
        Plan.Completion end = new Completion(
                completion.truth("automatic", standard.completion().automatic()),
                completion.duration("hold", standard.completion().hold()),
                completion.duration("purge", standard.completion().purge()));
        List<Step> steps = steps(fields);
        Limits limits = limits(gates);
        List<QuietTime> quiet = quiet(fields);
        Duration shadow = fields.duration("shadow", standard.shadow());
        Duration soak = fields.duration("soak", standard.soak());
        boolean fourEyes = fields.truth("four-eyes", standard.wantsFourEyes());
        problems.throwIfAny();
        try {
            return new Plan(
                    name, view, to, shadow, steps, soak, limits, beans, onBreach, breaches, quiet, end, fourEyes);
        } catch (InvalidPlanException e) {
            e.found().forEach(problem -> problems.add(root, problem.text() + "; correct it"));
            problems.throwIfAny();
            throw e;
        }
    }

    private PlanFields mapping(PlanFields fields, String name, Set<String> keys) {
        Node node = fields.node(name);
        return PlanFields.of(node == null ? empty() : node, "%s.".formatted(name), keys, problems);
    }

    private static MappingNode empty() {
        return new MappingNode(Tag.MAP, List.of(), FlowStyle.BLOCK);
    }

    private static @Nullable Integer whole(String text, int most) {
        int number = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
        return number >= 1 && number <= most ? number : null;
    }

    private List<Step> steps(PlanFields fields) {
        List<Node> nodes = fields.list("steps", "[{percent: 10, soak: 1h}, {percent: 100}]");
        if (nodes == null) {
            return standard.steps();
        }
        List<Step> steps = new ArrayList<>();
        int before = 0;
        for (int number = 0; number < nodes.size(); number++) {
            String path = "steps[%d].".formatted(number);
            PlanFields each = PlanFields.of(nodes.get(number), path, STEP, problems);
            Node place = each.node("percent");
            int percent = each.value(
                    "percent",
                    0,
                    text -> whole(
                            text.endsWith("%")
                                    ? text.substring(0, text.length() - 1).strip()
                                    : text,
                            100),
                    "must be a share of readers from 1 to 100");
            if (place == null) {
                problems.add(nodes.get(number), path + "percent is missing but required; add it");
            } else if (percent > 0 && percent <= before) {
                each.refuse(place, "percent", "must be above %d, the step before".formatted(before));
            } else if (percent > 0 && percent < 100 && number == nodes.size() - 1) {
                each.refuse(place, "percent", "must be 100 in the last step");
            }
            @Nullable
            String approval = each.optional(
                    "approval",
                    text -> Plan.NAME.matcher(text).matches() ? text : null,
                    "must be a role such as approver");
            Duration soak = each.duration("soak", Duration.ZERO);
            if (percent > 0) {
                before = Math.max(before, percent);
                steps.add(new Step(percent, soak, approval));
            }
        }
        if (nodes.isEmpty()) {
            problems.add(
                    Objects.requireNonNull(fields.node("steps")),
                    "steps is an empty list but must lead to 100 %; add a step, or leave steps out for the default ones");
        }
        return steps;
    }

    private Limits limits(PlanFields gates) {
        Limits limits = standard.limits();
        PlanFields shadow = rate(gates, "shadow-differences", SHADOW_DIFFERENCES);
        PlanFields errors = rate(gates, "errors", ERRORS);
        return new Limits(
                gates.count("lag", limits.maxLag()),
                gates.duration("parity-age", limits.maxParityAge()),
                gates.count("dead-letters", limits.maxDeadLetters()),
                most(gates, "shadow-differences", shadow, limits.maxShadowDifferences()),
                shadow.count("samples", limits.minShadowSamples()),
                most(gates, "errors", errors, limits.maxErrors()),
                errors.count("calls", limits.minCalls()),
                gates.ratio("latency-ratio", limits.maxLatencyRatio()),
                gates.share("error-budget-left", limits.minBudgetLeft()),
                gates.value(
                        "nodes",
                        limits.nodes(),
                        text -> text.equals("all") ? Boolean.TRUE : text.equals("any") ? Boolean.FALSE : null,
                        "must be all, or any where it does not matter which nodes have acknowledged"));
    }

    /** A rate is written alone or together with how much must be known before it counts. */
    private PlanFields rate(PlanFields gates, String name, Set<String> keys) {
        Node node = gates.node(name);
        return PlanFields.of(
                node == null || PlanFields.text(node) != null ? empty() : node,
                "gates.%s.".formatted(name),
                keys,
                problems);
    }

    private static double most(PlanFields gates, String name, PlanFields rate, double otherwise) {
        Node node = gates.node(name);
        return node != null && PlanFields.text(node) != null
                ? gates.share(node, name, otherwise)
                : rate.share("most", otherwise);
    }

    private Breach breaches(PlanFields fields, List<String> beans, Map<String, Breach> breaches) {
        Node node = fields.node("on-breach");
        if (!(node instanceof MappingNode)) {
            return fields.value("on-breach", standard.onBreach(), PlanReader::breach, BREACH);
        }
        Set<String> keys = keys("default");
        keys.addAll(Plan.GATES);
        keys.addAll(beans);
        PlanFields each = PlanFields.of(node, "on-breach.", keys, problems);
        for (String gate : keys) {
            Breach breach = each.optional(gate, PlanReader::breach, BREACH);
            if (breach != null) {
                breaches.put(gate, breach);
            }
        }
        Breach general = breaches.remove("default");
        return Objects.requireNonNullElse(general, standard.onBreach());
    }

    private static @Nullable Breach breach(String text) {
        for (Breach breach : Breach.values()) {
            if (breach.text().equals(text)) {
                return breach;
            }
        }
        return null;
    }

    private List<QuietTime> quiet(PlanFields fields) {
        List<QuietTime> quiet = new ArrayList<>();
        List<Node> nodes = fields.list("quiet", "[{days: [sat, sun]}]");
        for (int number = 0; nodes != null && number < nodes.size(); number++) {
            PlanFields each = PlanFields.of(nodes.get(number), "quiet[%d].".formatted(number), QUIET, problems);
            if (each.node("from") == null != (each.node("until") == null)) {
                problems.add(
                        nodes.get(number),
                        "quiet[%d] has one of from and until but needs both, or none for whole days; add the other"
                                .formatted(number));
            }
            quiet.add(new QuietTime(
                    days(each),
                    each.value("from", LocalTime.MIDNIGHT, PlanReader::time, "must be a time such as \"22:00\""),
                    each.value("until", LocalTime.MIDNIGHT, PlanReader::time, "must be a time such as \"06:00\""),
                    each.value("zone", ZoneOffset.UTC, PlanReader::zone, "must be a time zone such as Europe/Berlin")));
        }
        return quiet;
    }

    private static Set<DayOfWeek> days(PlanFields fields) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        List<Node> nodes = fields.list("days", "[sat, sun]");
        if (nodes != null) {
            for (Node node : nodes) {
                DayOfWeek day = day(PlanFields.text(node));
                if (day == null) {
                    fields.refuse(node, "days", "must be a day such as mon or monday");
                } else {
                    days.add(day);
                }
            }
        }
        return days;
    }

    private static @Nullable DayOfWeek day(@Nullable String text) {
        for (DayOfWeek day : DayOfWeek.values()) {
            String name = day.name().toLowerCase(Locale.ROOT);
            if (name.equals(text) || name.substring(0, 3).equals(text)) {
                return day;
            }
        }
        return null;
    }

    private static @Nullable LocalTime time(String text) {
        try {
            return LocalTime.parse(text);
        } catch (DateTimeParseException e) {
            return null; // the caller says what it must be
        }
    }

    private static @Nullable ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            return null; // the caller says what it must be
        }
    }
}
