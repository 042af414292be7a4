package io.changeover.operation;

import io.changeover.catalog.EventDomains;
import io.changeover.event.EventTypes;
import io.changeover.event.StoredEvent;
import io.changeover.sample.Sample;
import io.changeover.sample.SampleMiner;
import io.changeover.schema.EventSchemas;
import io.changeover.schema.SensitiveFields;
import io.changeover.upcast.EventReader;
import io.changeover.upcast.EventSteps;
import io.changeover.upcast.EventTree;
import io.changeover.upcast.Revision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Mines samples of stored events with everything sensitive replaced. Which fields are sensitive, only today's classes
 * say; so an event is taken up, its sensitive values are replaced there, and it is taken down again to the revision in
 * which it was stored. Where that cannot be done, no sample is taken.
 */
final class SampleMining {

    private final EventSteps steps;
    private final EventReader reader;
    private final long seed;
    private final Map<String, ObjectNode> schemas = new HashMap<>();
    private final SampleMiner miner = new SampleMiner();
    private final Map<Revision, String> withheld = new TreeMap<>(EventSteps.ORDER);

    SampleMining(EventDomains domains, EventSteps steps, EventReader reader, long seed) {
        this.steps = steps;
        this.reader = reader;
        this.seed = seed;
        domains.all().stream()
                .flatMap(domain -> domain.events().stream())
                .forEach(type -> schemas.put(EventTypes.nameOf(type), EventSchemas.of(type)));
    }

    void offer(StoredEvent stored) {
        Revision revision = new Revision(stored.name(), stored.revision());
        try {
            List<EventTree> today = reader.trees(stored);
            if (today.isEmpty()) {
                withheld.putIfAbsent(
                        revision, "nothing becomes of some of them today, so nothing says what of them is sensitive");
            } else if (today.stream().noneMatch(event -> isSensitive(event.name()))) {
                offer(revision, reader.asStored(stored).payload(), today);
            } else if (today.size() > 1) {
                withheld.putIfAbsent(
                        revision, "several events come of one, which cannot be put together again once masked");
            } else {
                EventTree event = today.get(0);
                ObjectNode masked = SensitiveFields.replace(
                        Objects.requireNonNull(schemas.get(event.name())), event.payload(), seed);
                EventTree shown = new EventTree(event.name(), event.revision(), masked);
                offer(revision, steps.down(shown.copy(), revision::equals).payload(), List.of(shown));
            }
        } catch (RuntimeException e) {
            withheld.putIfAbsent(revision, String.valueOf(e.getMessage()));
        }
    }

    private void offer(Revision revision, ObjectNode payload, List<EventTree> today) {
        // Metadata may hold anything, such as who was signed in.
        miner.offer(revision, payload, JsonNodeFactory.instance.objectNode(), today);
    }

    private boolean isSensitive(String name) {
        ObjectNode schema = schemas.get(name);
        return schema != null && !SensitiveFields.paths(schema).isEmpty();
    }

    List<Sample> samples() {
        return miner.samples();
    }

    List<String> withheld() {
        List<String> sentences = new ArrayList<>();
        withheld.forEach((revision, reason) -> sentences.add(
                "events of '%s' were left out: %s; write a sample by hand if their kind is not among the others"
                        .formatted(revision, reason)));
        return sentences;
    }
}
