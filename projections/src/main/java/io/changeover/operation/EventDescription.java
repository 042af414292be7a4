package io.changeover.operation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One event as everybody who reads it should know it.
 *
 * @param name stable event name
 * @param domain domain that declares it, or null for an event of no declared domain
 * @param owner who decides about it, or null where nobody declares it
 * @param compatibility what its changes must keep, or null where nobody declares it
 * @param current revision of today's class, or null where it has none any more
 * @param revisions every revision that is known, oldest first
 * @param consumers who reads it from outside
 */
public record EventDescription(
        String name,
        @Nullable String domain,
        @Nullable String owner,
        @Nullable String compatibility,
        @Nullable String current,
        List<RevisionDescription> revisions,
        List<Reader> consumers) {

    /**
     * One revision.
     *
     * @param revision as stored; null where none is stored
     * @param leadsTo revisions that its step leads to, empty for today's
     * @param losesUp what the way up loses
     * @param leadsDownTo revision that the way down leads to, or null where there is none
     * @param losesDown what the way down loses
     * @param noWayDown why there is no way down, as declared, or null
     * @param events how many are stored
     * @param sensitive dotted paths of what is not for everybody's eyes
     * @param schema agreed JSON Schema, or null where none has been accepted
     * @param samples how many golden samples there are
     */
    public record RevisionDescription(
            @Nullable String revision,
            List<String> leadsTo,
            List<String> losesUp,
            @Nullable String leadsDownTo,
            List<String> losesDown,
            @Nullable String noWayDown,
            long events,
            List<String> sensitive,
            @Nullable ObjectNode schema,
            int samples) {}

    /**
     * Somebody outside who reads the event.
     *
     * @param name what the consumer is called
     * @param contact whom to talk to before the event changes
     * @param revision revision that it was built against, or null for events without one
     */
    public record Reader(String name, String contact, @Nullable String revision) {}
}
