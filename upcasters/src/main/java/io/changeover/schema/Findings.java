package io.changeover.schema;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Sentences about fields, to be told in the order of their paths. */
final class Findings {

    private record Finding(String path, String sentence) {}

    private final List<Finding> all = new ArrayList<>();

    /** Adds a sentence that begins with the field; the payload as a whole has the empty path. */
    void add(String path, String what) {
        all.add(new Finding(path, (path.isEmpty() ? "the payload" : "field '%s'".formatted(path)) + " " + what));
    }

    List<String> sentences() {
        return all.stream()
                .sorted(Comparator.comparing(Finding::path))
                .map(Finding::sentence)
                .toList();
    }

    /** The path of a field within the object at the path. */
    static String within(String path, String field) {
        return path.isEmpty() ? field : path + "." + field;
    }
}
