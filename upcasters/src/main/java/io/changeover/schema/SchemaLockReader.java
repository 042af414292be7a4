package io.changeover.schema;

import io.changeover.upcast.Revision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the text of a lock file and collects what is wrong with it. */
final class SchemaLockReader {

    // Of two equal keys, as a merge by hand leaves them, one would win in silence.
    private static final ObjectReader READER = Json.MAPPER
            .reader()
            .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final List<String> problems = new ArrayList<>();
    private final Map<Revision, SchemaLock.Entry> entries = new HashMap<>();

    SchemaLock read(String text) {
        ObjectNode lock = tree(text);
        JsonNode version = lock.path("lockVersion");
        if (!version.isIntegralNumber() || version.asInt(0) != SchemaLockWriter.VERSION) {
            problems.add("lockVersion is %s but must be %d; read the file with the release that wrote it"
                    .formatted(told(version), SchemaLockWriter.VERSION));
            throw new InvalidSchemaLockException(problems);
        }
        onlyKnown("the file", lock, Set.of("lockVersion", "domain", "events"));
        String domain = text("domain", lock.path("domain"));
        if (lock.get("events") instanceof ObjectNode events) {
            events.properties().forEach(event -> event(event.getKey(), event.getValue()));
        } else {
            problems.add("events is %s but must be an object with the names of events; restore it"
                    .formatted(told(lock.path("events"))));
        }
        if (!problems.isEmpty()) {
            throw new InvalidSchemaLockException(problems);
        }
        return new SchemaLock(domain, entries);
    }

    private ObjectNode tree(String text) {
        try {
            if (READER.readTree(text) instanceof ObjectNode lock) {
                return lock;
            }
            problems.add("the file must be a JSON object; restore it from version control");
        } catch (JacksonException e) {
            problems.add("the file must be JSON but at line %d it is not: %s; restore it from version control"
                    .formatted(
                            e.getLocation().getLineNr(),
                            // What follows would say only that the source is not shown.
                            e.getOriginalMessage().replaceFirst(" \\(start marker at .*", "")));
        }
        throw new InvalidSchemaLockException(problems);
    }

    private void event(String name, JsonNode event) {
        if (!(event.get("revisions") instanceof ArrayNode revisions)) {
            problems.add("event '%s' must have a list of revisions; restore it".formatted(name));
            return;
        }
        onlyKnown("event '%s'".formatted(name), (ObjectNode) event, Set.of("revisions"));
        for (JsonNode revision : revisions) {
            revision(name, revision);
        }
    }

    private void revision(String name, JsonNode node) {
        JsonNode written = node.path("revision");
        if (!(node instanceof ObjectNode object) || !(written.isString() || written.isNull())) {
            problems.add("a revision of event '%s' is called %s but must be called by a text or null; correct it"
                    .formatted(name, told(written)));
            return;
        }
        Revision revision = new Revision(name, written.isNull() ? null : written.stringValue());
        onlyKnown("revision " + revision, object, Set.of("revision", "origin", "schema"));
        SchemaLock.Origin origin = origin(revision, object.path("origin"));
        if (!(object.get("schema") instanceof ObjectNode schema)) {
            problems.add("revision %s must have a schema; restore it".formatted(revision));
        } else if (origin != null && entries.put(revision, new SchemaLock.Entry(origin, schema)) != null) {
            problems.add("revision %s is there twice but must be there once; remove the one that does not count"
                    .formatted(revision));
        }
    }

    private SchemaLock.@Nullable Origin origin(Revision revision, JsonNode node) {
        for (SchemaLock.Origin origin : SchemaLock.Origin.values()) {
            if (node.isString() && node.stringValue().equals(origin.word())) {
                return origin;
            }
        }
        problems.add("origin of revision %s is %s but must be one of %s; correct it"
                .formatted(
                        revision,
                        told(node),
                        Arrays.stream(SchemaLock.Origin.values())
                                .map(origin -> "'" + origin.word() + "'")
                                .toList()));
        return null;
    }

    private String text(String what, JsonNode node) {
        if (node.isString() && !node.stringValue().isBlank()) {
            return node.stringValue();
        }
        problems.add("%s is %s but must be a text; restore it".formatted(what, told(node)));
        return "";
    }

    private void onlyKnown(String what, ObjectNode node, Set<String> known) {
        node.propertyNames().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> problems.add("%s has '%s' but may have only %s; remove it"
                        .formatted(what, name, known.stream().sorted().toList())));
    }

    private static String told(JsonNode node) {
        return node.isMissingNode() ? "missing" : Words.value(node);
    }
}
