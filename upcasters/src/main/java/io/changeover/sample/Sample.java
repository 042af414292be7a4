package io.changeover.sample;

import io.changeover.upcast.EventTree;
import io.changeover.upcast.Origin;
import io.changeover.upcast.Revision;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One stored event as a file, with what it means today as somebody has approved it.
 *
 * <pre>{@code
 * {
 *   "event" : "payment.received",
 *   "revision" : "1",
 *   "payload" : { ... },
 *   "approved" : [ { "event" : "payment.received", "revision" : "3", "payload" : { ... } } ]
 * }
 * }</pre>
 *
 * @param label what the sample is called: the name of its file
 * @param stored the event as stored; its revision may be null or empty, which are different
 * @param metadata metadata as stored, an empty object where a step needs none
 * @param approved the events that it stands for today, or null while nobody has approved any
 */
public record Sample(String label, EventTree stored, ObjectNode metadata, @Nullable List<EventTree> approved) {

    private static final ObjectMapper JSON = JsonMapper.builder().build();
    // As stored events are read: through a double an amount would lose digits that its writer stored.
    private static final ObjectReader READER = JSON.reader()
            .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);
    private static final DefaultPrettyPrinter PRETTY = new DefaultPrettyPrinter(
                    Separators.createDefaultInstance().withObjectNameValueSpacing(Separators.Spacing.AFTER))
            .withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withArrayIndenter(new DefaultIndenter("  ", "\n"));

    /** A sample that nobody has approved yet. */
    public static Sample mined(String label, Revision revision, ObjectNode payload, ObjectNode metadata) {
        return new Sample(label, EventTree.of(revision, payload), metadata, null);
    }

    /**
     * Reads a sample.
     *
     * @param label what to call it
     * @param text content of its file
     * @throws InvalidSampleException when the text is no sample
     */
    public static Sample parse(String label, String text) {
        try {
            if (!(READER.readTree(text) instanceof ObjectNode root)) {
                throw new InvalidSampleException(label, "must be a JSON object");
            }
            JsonNode metadata = root.path("metadata");
            JsonNode approved = root.path("approved");
            List<EventTree> events = null;
            if (!approved.isMissingNode()) {
                events = new ArrayList<>();
                for (JsonNode each : approved) {
                    events.add(event(label, each));
                }
            }
            return new Sample(
                    label,
                    event(label, root),
                    metadata instanceof ObjectNode object ? object : JSON.createObjectNode(),
                    events);
        } catch (JacksonException e) {
            throw new InvalidSampleException(
                    label,
                    "must be JSON but at line %d it is not: %s"
                            .formatted(
                                    e.getLocation().getLineNr(),
                                    // What follows would say only that the source is not shown.
                                    e.getOriginalMessage().replaceFirst(" \\(start marker at .*", "")));
        }
    }

    private static EventTree event(String label, JsonNode node) {
        JsonNode name = node.path("event");
        JsonNode revision = node.path("revision");
        if (!name.isString() || !(revision.isString() || revision.isNull())) {
            throw new InvalidSampleException(label, "must have a text 'event' and a 'revision' that is text or null");
        }
        if (!(node.path("payload") instanceof ObjectNode payload)) {
            throw new InvalidSampleException(label, "must have an object 'payload'");
        }
        return new EventTree(name.stringValue(), revision.isNull() ? null : revision.stringValue(), payload);
    }

    /** The same sample with what it means today. */
    public Sample approvedAs(List<EventTree> today) {
        return new Sample(
                label, stored, metadata, today.stream().map(EventTree::copy).toList());
    }

    /** What a step is told of the sample beside its payload. */
    public Origin origin() {
        return Origin.of(null, () -> metadata);
    }

    /** Content of the sample's file: the same sample gives the same text. */
    public String toText() {
        ObjectNode root = write(stored);
        if (!metadata.isEmpty()) {
            root.set("metadata", metadata);
        }
        if (approved != null) {
            ArrayNode all = root.putArray("approved");
            approved.forEach(event -> all.add(write(event)));
        }
        return JSON.writer().with(PRETTY).writeValueAsString(root) + "\n";
    }

    private static ObjectNode write(EventTree event) {
        ObjectNode node = JSON.createObjectNode().put("event", event.name()).put("revision", event.revision());
        node.set("payload", event.payload());
        return node;
    }

    /** Where the file lies below the folder of samples. */
    public String path() {
        String revision = stored.revision();
        String folder = revision == null ? "no-revision" : revision.isEmpty() ? "empty-revision" : revision;
        return "%s/%s/%s.json".formatted(stored.name(), folder, label);
    }
}
