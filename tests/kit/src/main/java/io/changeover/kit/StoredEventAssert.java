package io.changeover.kit;

import io.changeover.event.StoredEvent;
import io.changeover.upcast.CurrentEvent;
import io.changeover.upcast.EventReader;
import io.changeover.upcast.EventSteps;
import io.changeover.upcast.EventTree;
import io.changeover.upcast.Revision;
import io.changeover.upcast.UnreadableEventException;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.AbstractAssert;
import tools.jackson.databind.node.ObjectNode;

/** Assertions about what a stored event means today, and what today's application tells earlier readers of it. */
public final class StoredEventAssert extends AbstractAssert<StoredEventAssert, StoredEvent> {

    private final EventReader reader;
    private final EventSteps steps;
    private final PayloadCheck check;

    StoredEventAssert(StoredEvent stored, EventReader reader, EventSteps steps, PayloadCheck check) {
        super(stored, StoredEventAssert.class);
        this.reader = reader;
        this.steps = steps;
        this.check = check;
    }

    /** The event is read as exactly these objects, in this order; as none where a step drops it. */
    public StoredEventAssert readsAs(Object... expected) {
        List<Object> read =
                reader.read(actual).stream().map(CurrentEvent::payload).toList();
        if (!read.equals(List.of(expected))) {
            throw differs("to be read as", shown(List.of(expected)), "but it was read as", shown(read));
        }
        return this;
    }

    /** Today's classes take the event, whatever it says. */
    public StoredEventAssert isReadable() {
        try {
            reader.read(actual);
        } catch (UnreadableEventException e) {
            throw failure("%nExpecting event '%s'%nto be readable but%n%s", stored(), e.getMessage());
        }
        return this;
    }

    /** Today's application tells the event to readers of this revision as exactly this JSON. */
    public StoredEventAssert comesDownTo(String name, int revision, String json) {
        return comesDownTo(Revision.of(name, revision), json);
    }

    /**
     * Today's application tells the event to readers of this revision as exactly this JSON, numbers by value. Of several
     * events that came of a stored one, only those count from which a way leads down there.
     */
    public StoredEventAssert comesDownTo(Revision revision, String json) {
        ObjectNode expected = Json.object(json);
        List<EventTree> today = reader.trees(actual);
        List<ObjectNode> down = today.stream()
                .filter(event -> event.key().equals(revision)
                        || steps.reachableDown(event.key()).contains(revision))
                .map(event -> steps.down(event.copy(), revision::equals).payload())
                .toList();
        if (down.isEmpty()) {
            throw failure(
                    "%nExpecting event '%s'%nto come down to '%s'%nbut it is %s today, from where no way leads down there; declare one",
                    stored(), revision, today.stream().map(EventTree::key).toList());
        }
        if (down.size() != 1 || !Json.same(down.get(0), expected)) {
            throw differs(
                    "to come down to '%s' as".formatted(revision),
                    Json.pretty(expected),
                    "but it came down as",
                    Json.pretty(down));
        }
        return this;
    }

    /** The payload fits the schema of its revision, and what it becomes today that of today's. */
    public StoredEventAssert isAcceptedBySchema() {
        List<String> violations = new ArrayList<>();
        ObjectNode payload = (ObjectNode) Json.MAPPER.readTree(actual.payload());
        check(stored(), payload, violations);
        reader.trees(actual).forEach(event -> {
            if (!event.key().equals(stored())) {
                check(event.key(), event.payload(), violations);
            }
        });
        if (!violations.isEmpty()) {
            throw failure(
                    "%nExpecting event '%s'%nto be accepted by the schemas but%n  - %s%nof%n%s",
                    stored(), String.join("\n  - ", violations), Json.pretty(payload));
        }
        return this;
    }

    private void check(Revision revision, ObjectNode payload, List<String> violations) {
        check.violations(revision, payload)
                .forEach(violation -> violations.add("'%s': %s".formatted(revision, violation)));
    }

    private Revision stored() {
        return new Revision(actual.name(), actual.revision());
    }

    private AssertionError differs(String verb, String expected, String but, String found) {
        return failureWithActualExpected(
                found, expected, "%nExpecting event '%s'%n%s%n%s%n%s%n%s", stored(), verb, expected, but, found);
    }

    private static String shown(List<Object> events) {
        return events.isEmpty()
                ? "no event"
                : events.stream()
                        .map(event -> event.getClass().getSimpleName() + " " + Json.pretty(event))
                        .collect(java.util.stream.Collectors.joining("\nand\n"));
    }
}
