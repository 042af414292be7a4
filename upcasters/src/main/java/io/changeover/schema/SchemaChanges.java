package io.changeover.schema;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Tells what is different between two schemas. */
final class SchemaChanges {

    private final Findings findings = new Findings();

    List<String> between(Shape older, Shape newer) {
        value("", older, newer);
        return findings.sentences();
    }

    private void value(String path, Shape older, Shape newer) {
        if (changesType(older, newer)) {
            findings.add(path, "was %s and is %s now".formatted(Words.type(older), Words.type(newer)));
        }
        allowed(path, older, newer);
        if (older.sensitive() != newer.sensitive()) {
            findings.add(path, newer.sensitive() ? "is sensitive now" : "is no longer sensitive");
        }
        if (bothAre("object", older, newer)) {
            fields(path, older, newer);
        }
        if (bothAre("array", older, newer)) {
            element(path + "[]", older.items(), newer.items());
        }
        if (older.values().isPresent() && newer.values().isPresent()) {
            element(path + "{}", older.values().get(), newer.values().get());
        }
    }

    private static boolean bothAre(String type, Shape older, Shape newer) {
        return older.types().contains(type) && newer.types().contains(type);
    }

    private static boolean changesType(Shape older, Shape newer) {
        boolean widthIsKnown = older.format().isPresent() && newer.format().isPresent();
        boolean numbers =
                older.types().equals(Set.of("integer")) && newer.types().equals(Set.of("integer"));
        return (!numbers || widthIsKnown) && !Words.type(older).equals(Words.type(newer));
    }

    private void allowed(String path, Shape older, Shape newer) {
        Set<JsonNode> before = older.allowed();
        Set<JsonNode> after = newer.allowed();
        if (before.isEmpty() && !after.isEmpty()) {
            findings.add(path, "allows only %s now".formatted(Words.values(after)));
        } else if (after.isEmpty() && !before.isEmpty()) {
            findings.add(path, "is no longer limited to %s".formatted(Words.values(before)));
        } else {
            without(before, after).forEach(value -> findings.add(path, "no longer allows " + Words.value(value)));
            without(after, before).forEach(value -> findings.add(path, "also allows " + Words.value(value)));
        }
    }

    private static Set<JsonNode> without(Set<JsonNode> values, Set<JsonNode> others) {
        Set<JsonNode> rest = new LinkedHashSet<>(values);
        rest.removeAll(others);
        return rest;
    }

    private void fields(String path, Shape older, Shape newer) {
        newer.properties().forEach((name, shape) -> {
            if (!older.properties().containsKey(name)) {
                findings.add(
                        Findings.within(path, name), "was added (%s)".formatted(added(shape, newer.requires(name))));
            }
        });
        older.properties().forEach((name, before) -> {
            String field = Findings.within(path, name);
            Shape after = newer.properties().get(name);
            if (after == null) {
                findings.add(field, "was removed");
            } else {
                value(field, before, after);
                presence(field, gaps(older, name), gaps(newer, name));
            }
        });
    }

    private static String added(Shape shape, boolean required) {
        String type = shape.allowed().isEmpty() ? Words.type(shape) : "one of " + Words.values(shape.allowed());
        // A field that may be null may be absent too for every reader, so that is told only where it is not so.
        String gap = shape.nullable() ? ", may be null" : required ? "" : ", may be absent";
        return type + gap + (shape.sensitive() ? ", sensitive" : "");
    }

    private static Set<String> gaps(Shape object, String field) {
        Set<String> gaps = new LinkedHashSet<>();
        if (object.field(field).nullable()) {
            gaps.add("null");
        }
        if (!object.requires(field)) {
            gaps.add("absent");
        }
        return gaps;
    }

    private void presence(String path, Set<String> before, Set<String> after) {
        tell(path, "may no longer be ", before, after, "");
        tell(path, "may be ", after, before, " now");
    }

    private void tell(String path, String start, Set<String> gaps, Set<String> others, String end) {
        Stream<String> rest = gaps.stream().filter(gap -> !others.contains(gap));
        String told = rest.collect(Collectors.joining(" or "));
        if (!told.isEmpty()) {
            findings.add(path, start + told + end);
        }
    }

    private void element(String path, Shape older, Shape newer) {
        value(path, older, newer);
        if (older.nullable() != newer.nullable()) {
            findings.add(path, newer.nullable() ? "may be null now" : "may no longer be null");
        }
    }
}
