package io.changeover.plan;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * The fields of one mapping of a plan, read one by one. A value that cannot be is noted with its place, and what holds
 * without it is taken instead, so that reading goes on and finds the rest.
 */
final class PlanFields {

    private static final int MOST_SHOWN = 60;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}([.][0-9]{1,400})?");
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final String path;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final PlanProblems problems;

    private PlanFields(String path, PlanProblems problems) {
        this.path = path;
        this.problems = problems;
    }

    /**
     * @param path what stands before the names of the fields, such as {@code gates.}; empty for the plan itself
     * @param known all keys that there can be
     */
    static PlanFields of(Node node, String path, Set<String> known, PlanProblems problems) {
        PlanFields fields = new PlanFields(path, problems);
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(entry -> fields.take(entry, known));
        } else {
            problems.add(
                    node,
                    "%s is %s but must be a mapping with some of the keys %s; correct it"
                            .formatted(
                                    path.isEmpty() ? "the plan" : path.substring(0, path.length() - 1),
                                    shown(node),
                                    String.join(", ", known)));
        }
        return fields;
    }

    private void take(NodeTuple entry, Set<String> known) {
        Node key = entry.getKeyNode();
        if (!(key instanceof ScalarNode scalar) || !known.contains(scalar.getValue())) {
            problems.add(
                    key,
                    "key %s is not known %s%s; correct it or take it out"
                            .formatted(
                                    shown(key),
                                    path.isEmpty()
                                            ? "in a plan"
                                            : "in %s".formatted(path.substring(0, path.length() - 1)),
                                    NearestWord.of(key instanceof ScalarNode word ? word.getValue() : "", known)
                                            .map(nearest -> ", perhaps '%s' is meant".formatted(nearest))
                                            .orElse(", the keys are " + String.join(", ", known))));
            return;
        }
        Node first = values.putIfAbsent(scalar.getValue(), entry.getValueNode());
        if (first != null) {
            problems.add(
                    key,
                    "key '%s' stands here again after line %d, and each key stands once; take one of them out"
                            .formatted(scalar.getValue(), first.getStartMark().getLine() + 1));
        }
    }

    /** The value of the field, or null where it is absent. */
    @Nullable
    Node node(String name) {
        return values.get(name);
    }

    /** A list; null where it is absent or something else. */
    @Nullable
    List<Node> list(String name, String example) {
        Node node = values.get(name);
        if (node == null) {
            return null;
        }
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        refuse(node, name, "must be a list such as " + example);
        return null;
    }

    /** Names of the given form, each once; none where it is absent. */
    List<String> names(String name, Pattern form, String what, String example) {
        List<String> names = new ArrayList<>();
        List<Node> list = list(name, example);
        if (list != null) {
            for (Node each : list) {
                String text = text(each);
                if (text == null || !form.matcher(text).matches()) {
                    refuse(each, name, "must be " + what);
                } else if (names.contains(text)) {
                    refuse(each, name, "stands there twice; name each once");
                } else {
                    names.add(text);
                }
            }
        }
        return names;
    }

    /** How the text of one value is understood. */
    interface Form<T> {

        /** What the text means, or null where it cannot be. */
        @Nullable
        T read(String text);
    }

    /** A value; what holds without it where it is absent or cannot be. */
    <T> T value(String name, T otherwise, Form<T> form, String rule) {
        return Objects.requireNonNullElse(optional(name, form, rule), otherwise);
    }

    /** A value; null where it is absent or cannot be. */
    <T> @Nullable T optional(String name, Form<T> form, String rule) {
        Node node = values.get(name);
        if (node == null) {
            return null;
        }
        String text = text(node);
        T value = text == null ? null : form.read(text);
        if (value == null) {
            refuse(node, name, rule);
        }
        return value;
    }

    Duration duration(String name, Duration otherwise) {
        return value(
                name,
                otherwise,
                text -> DurationText.parse(text)
                        .filter(duration -> !duration.isNegative() && duration.compareTo(Plan.LONGEST) <= 0)
                        .orElse(null),
                "must be a duration from 0s to 366d such as 90s, 10m, 24h or 7d");
    }

    long count(String name, long otherwise) {
        return value(
                name,
                otherwise,
                text -> text.matches("[0-9]{1,18}") ? Long.valueOf(text) : null,
                "must be a whole number, 0 or greater");
    }

    double share(String name, double otherwise) {
        Node node = values.get(name);
        return node == null ? otherwise : share(node, name, otherwise);
    }

    double share(Node node, String name, double otherwise) {
        String text = text(node);
        Double share = text == null ? null : share(text);
        if (share == null) {
            refuse(node, name, "must be a share from 0 to 1, such as 0.1% or 0.001");
            return otherwise;
        }
        return share;
    }

    private static @Nullable Double share(String text) {
        boolean percent = text.endsWith("%");
        String digits = percent ? text.substring(0, text.length() - 1).strip() : text;
        if (!NUMBER.matcher(digits).matches()) {
            return null;
        }
        BigDecimal number = new BigDecimal(digits);
        BigDecimal share = percent ? number.movePointLeft(2) : number;
        return share.multiply(HUNDRED).compareTo(HUNDRED) <= 0 ? share.doubleValue() : null;
    }

    double ratio(String name, double otherwise) {
        return value(
                name,
                otherwise,
                text -> {
                    double ratio = NUMBER.matcher(text).matches() ? Double.parseDouble(text) : 0;
                    return ratio > 0 && ratio <= Limits.HIGHEST_RATIO ? ratio : null;
                },
                "must be a number above 0, at most 1000");
    }

    boolean truth(String name, boolean otherwise) {
        return value(
                name,
                otherwise,
                text -> text.equals("true") ? Boolean.TRUE : text.equals("false") ? Boolean.FALSE : null,
                "must be true or false");
    }

    void refuse(Node node, String name, String rule) {
        problems.add(node, "%s%s is %s but %s; correct it".formatted(path, name, shown(node), rule));
    }

    /** The text of a single value as it is written, whatever YAML would make of it; null where there is none. */
    static @Nullable String text(Node node) {
        return node instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL) ? scalar.getValue() : null;
    }

    private static String shown(Node node) {
        String text = text(node);
        if (text != null) {
            return "'%s'".formatted(text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "...");
        }
        return node instanceof SequenceNode ? "a list" : node instanceof MappingNode ? "a mapping" : "empty";
    }
}
