package io.changeover.schema;

import com.networknt.schema.Error;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Turns what the validator reports into sentences that are safe to show. */
final class Violations {

    private static final String HIDDEN = "a value that is not shown";

    private final Findings findings = new Findings();
    private final Shape root;
    private final JsonNode payload;

    private Violations(Shape root, JsonNode payload) {
        this.root = root;
        this.payload = payload;
    }

    static List<String> sentences(Shape root, JsonNode payload, List<Error> errors) {
        Violations violations = new Violations(root, payload);
        errors.forEach(violations::add);
        return violations.findings.sentences();
    }

    private void add(Error error) {
        Location at = Location.of(root, payload, error.getInstanceLocation());
        String value = at.hidden() ? HIDDEN : Words.value(at.value());
        switch (error.getKeyword()) {
            case "required" ->
                findings.add(Findings.within(at.path(), error.getProperty()), "is missing but is required");
            case "additionalProperties" ->
                findings.add(at.field(error.getProperty()), "is not known to the schema of this revision");
            case "type", "format" ->
                findings.add(at.path(), "is %s but must be %s".formatted(value, Words.typeOrNull(at.shape())));
            case "enum" -> enumerated(at, value);
            default ->
                findings.add(
                        at.path(),
                        "is %s but does not satisfy '%s' of the schema".formatted(value, error.getKeyword()));
        }
    }

    private void enumerated(Location at, String value) {
        // Null or a wrong type is reported by the type already.
        if (at.shape().allowsType(at.value())) {
            findings.add(
                    at.path(),
                    "is %s but must be one of %s%s"
                            .formatted(
                                    value,
                                    Words.values(at.shape().allowed()),
                                    at.shape().nullable() ? " or null" : ""));
        }
    }
}
