package io.changeover.kit;

import io.changeover.event.StoredEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A file with one stored event.
 *
 * @param name for messages
 * @param json as read; null when there is no such file
 */
@SuppressWarnings("ArrayRecordComponent") // lives as long as one call
record HistoryFile(String name, byte @Nullable [] json) {

    private static final String SHAPE =
            "{\"event\": \"order.placed\", \"revision\": \"1\", \"metadata\": {}, \"payload\": {}}";

    static HistoryFile resource(String name) {
        String absolute = name.startsWith("/") ? name.substring(1) : name;
        try (InputStream resource =
                Thread.currentThread().getContextClassLoader().getResourceAsStream(absolute)) {
            return new HistoryFile(name, resource == null ? null : resource.readAllBytes());
        } catch (IOException e) {
            return new HistoryFile(name, null);
        }
    }

    static HistoryFile path(Path file) {
        try {
            return new HistoryFile(file.toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            return new HistoryFile(file.toString(), null);
        }
    }

    /**
     * The event in the file.
     *
     * @param aggregateType type of the aggregate that it belongs to
     * @param sequence number of the event within the aggregate, from 0
     * @throws IllegalArgumentException with a message that names the file
     */
    StoredEvent event(String aggregateType, long sequence) {
        ObjectNode file = object();
        return new StoredEvent(
                sequence + 1,
                name,
                aggregateType,
                "stored-history",
                sequence,
                text(file, "event"),
                revision(file),
                bytes(object(file, "payload")),
                bytes(file.has("metadata") ? object(file, "metadata") : file.objectNode()),
                time(file));
    }

    private ObjectNode object() {
        if (json == null) {
            throw wrong("must exist and be readable but is not; correct its name");
        }
        try {
            if (Json.MAPPER.readTree(json) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            throw wrong("must be JSON but is not (%s); correct it".formatted(e.getOriginalMessage()));
        }
        throw wrong("must hold a JSON object such as %s; write it so".formatted(SHAPE));
    }

    private String text(ObjectNode file, String field) {
        JsonNode value = file.get(field);
        if (value == null || !value.isString()) {
            throw wrong("has %s as '%s' but must have a text; write it as in %s"
                    .formatted(value == null ? "nothing" : value, field, SHAPE));
        }
        return value.stringValue();
    }

    private @Nullable String revision(ObjectNode file) {
        JsonNode value = file.get("revision");
        if (value == null || !(value.isNull() || value.isString())) {
            throw wrong(
                    "has %s as 'revision' but must have a text, or null for an event that was stored without one; write it as in %s"
                            .formatted(value == null ? "nothing" : value, SHAPE));
        }
        return value.isNull() ? null : value.stringValue();
    }

    private ObjectNode object(ObjectNode file, String field) {
        if (file.get(field) instanceof ObjectNode object) {
            return object;
        }
        throw wrong("has %s as '%s' but must have an object; write it as in %s"
                .formatted(file.has(field) ? file.get(field) : "nothing", field, SHAPE));
    }

    private Instant time(ObjectNode file) {
        JsonNode value = file.get("time");
        try {
            return value == null ? Instant.EPOCH : Instant.parse(value.asString());
        } catch (DateTimeException e) {
            throw wrong("has %s as 'time' but must have an instant such as '2003-01-06T09:00:00Z'; correct or remove it"
                    .formatted(value));
        }
    }

    private static byte[] bytes(ObjectNode object) {
        return Json.MAPPER.writeValueAsBytes(object);
    }

    private IllegalArgumentException wrong(String rule) {
        return new IllegalArgumentException("file '%s' %s".formatted(name, rule));
    }
}
