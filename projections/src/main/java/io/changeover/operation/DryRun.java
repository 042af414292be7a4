package io.changeover.operation;

import io.changeover.changeover.ChangeoverCommand;
import io.changeover.changeover.ChangeoverEvent;
import io.changeover.changeover.TriedChangeover;
import io.changeover.event.EventType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * What a verb would do, gathered instead of done. It goes with one request and for one thread; a verb that gets it refuses
 * as ever, and changes nothing.
 */
public final class DryRun {

    /**
     * One thing that would be done.
     *
     * @param what name of the event that would be recorded, such as {@code changeover.reads-shifted}, or the deed in short
     *     words, such as {@code pause backfill}
     * @param details the event's fields, or what else there is to tell; empty for nothing
     */
    public record Intent(String what, Object details) {}

    private final List<Intent> intents = new ArrayList<>();
    private final Map<String, TriedChangeover> changeovers = new LinkedHashMap<>();

    /** Something would be done, after all that was told before. */
    public void would(String what, Object details) {
        intents.add(new Intent(what, details));
    }

    /** All that would be done, in order; empty when nothing would change. */
    public List<Intent> intents() {
        return List.copyOf(intents);
    }

    /** Tries a command on what those before it have decided. */
    void send(ChangeoverCommand command, Map<String, String> metaData, Function<String, TriedChangeover> copyOf) {
        for (ChangeoverEvent event :
                changeovers.computeIfAbsent(command.view(), copyOf).handle(command, metaData)) {
            would(
                    Objects.requireNonNull(event.getClass().getAnnotation(EventType.class))
                            .name(),
                    event);
        }
    }
}
