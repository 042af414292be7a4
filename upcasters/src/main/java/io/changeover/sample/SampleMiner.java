package io.changeover.sample;

import io.changeover.upcast.EventSteps;
import io.changeover.upcast.EventTree;
import io.changeover.upcast.Revision;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Picks samples from a stream of stored events: for each revision the smallest payload, the largest, and one of each
 * structure, where two payloads differ in structure when a field is there, null, empty or of another type in only one of
 * them, or when other events come of them today. Given the same events in the same order it picks the same samples. Memory is bounded: it keeps at most
 * {@value #STRUCTURES} structures of a revision.
 *
 * <p>Payloads are kept as they are; what is sensitive must be replaced before they are handed in. Not safe for use by
 * several threads.
 */
public final class SampleMiner {

    /** Structures kept of one revision. */
    public static final int STRUCTURES = 8;

    private static final class Kept {

        private @Nullable ObjectNode smallest;
        private @Nullable ObjectNode largest;
        private long smallestSize = Long.MAX_VALUE;
        private long largestSize = -1;
        private final Map<String, ObjectNode> byStructure = new LinkedHashMap<>();
        private final IdentityHashMap<ObjectNode, ObjectNode> metadata = new IdentityHashMap<>();
    }

    private final Map<Revision, Kept> kept = new TreeMap<>(EventSteps.ORDER);

    /**
     * Looks at one event.
     *
     * @param payload must not be changed afterwards
     * @param metadata its metadata, kept with a sample that is picked
     * @param today the events that it stands for today; what comes of it counts as a part of its structure
     */
    public void offer(Revision revision, ObjectNode payload, ObjectNode metadata, List<EventTree> today) {
        Kept of = kept.computeIfAbsent(revision, each -> new Kept());
        long size = payload.toString().length();
        if (size < of.smallestSize) {
            of.smallest = payload;
            of.smallestSize = size;
            of.metadata.put(payload, metadata);
        }
        if (size > of.largestSize) {
            of.largest = payload;
            of.largestSize = size;
            of.metadata.put(payload, metadata);
        }
        String structure = structure(payload)
                + today.stream()
                        .map(event -> event.name() + structure(event.payload()))
                        .toList();
        if (of.byStructure.size() < STRUCTURES && !of.byStructure.containsKey(structure)) {
            of.byStructure.put(structure, payload);
            of.metadata.put(payload, metadata);
        }
    }

    /** The samples picked so far, ordered by revision; a payload that is several of them is one sample. */
    public List<Sample> samples() {
        List<Sample> samples = new ArrayList<>();
        kept.forEach((revision, of) -> {
            Map<ObjectNode, String> labels = new LinkedHashMap<>();
            if (of.smallest != null) {
                labels.putIfAbsent(of.smallest, "smallest");
            }
            if (of.largest != null) {
                labels.putIfAbsent(of.largest, "largest");
            }
            int number = 1;
            for (ObjectNode payload : of.byStructure.values()) {
                if (labels.putIfAbsent(payload, "structure-" + number) == null) {
                    number++;
                }
            }
            labels.forEach((payload, label) -> samples.add(Sample.mined(
                    label,
                    revision,
                    payload,
                    of.metadata.getOrDefault(payload, JsonNodeFactory.instance.objectNode()))));
        });
        return samples;
    }

    private static String structure(JsonNode node) {
        if (node instanceof ObjectNode object) {
            StringBuilder text = new StringBuilder("{");
            for (String name : new TreeSet<>(object.propertyNames())) {
                text.append(name)
                        .append(':')
                        .append(structure(object.path(name)))
                        .append(',');
            }
            return text.append('}').toString();
        }
        if (node instanceof ArrayNode list) {
            TreeSet<String> elements = new TreeSet<>();
            list.forEach(element -> elements.add(structure(element)));
            return elements.toString();
        }
        if (node.isString()) {
            return node.stringValue().isEmpty() ? "empty" : "text";
        }
        return node.isIntegralNumber() ? "whole" : node.getNodeType().toString();
    }
}
