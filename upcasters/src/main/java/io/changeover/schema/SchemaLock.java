package io.changeover.schema;

import io.changeover.upcast.EventSteps;
import io.changeover.upcast.Revision;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * The schema of every revision of a domain's events, as agreed. Immutable and safe for use by several threads.
 *
 * <p>Its text is JSON that stands under version control: ordered by event name and revision, indented by two spaces, with
 * a line feed at the end of each line, so that a lock that is read and written again has the same bytes and a changed
 * field is a changed line. Within a schema the order is that of whoever made it.
 */
public final class SchemaLock {

    /** Where a schema comes from. */
    public enum Origin {
        /** The record that stood for the revision when it was locked. */
        RECORD,
        /** Payloads of the revision, because its class is gone. */
        SAMPLES;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What is agreed about one revision.
     *
     * @param origin where the schema comes from
     * @param schema in the shape of {@link EventSchemas}; copied on the way in and out
     */
    public record Entry(Origin origin, ObjectNode schema) {

        /** Copies the schema, so that a lock stays as it is. */
        public Entry {
            schema = schema.deepCopy();
        }

        @Override
        public ObjectNode schema() {
            return schema.deepCopy();
        }
    }

    private final String domain;
    private final SortedMap<Revision, Entry> entries;

    SchemaLock(String domain, Map<Revision, Entry> entries) {
        this.domain = domain;
        this.entries = new TreeMap<>(EventSteps.ORDER);
        this.entries.putAll(entries);
    }

    /** The lock of a domain that has no revisions yet. */
    public static SchemaLock empty(String domain) {
        return new SchemaLock(domain, Map.of());
    }

    /**
     * Reads the text of a lock file.
     *
     * @throws InvalidSchemaLockException naming every fault of the text: no JSON, another version of the format, parts that
     *     are missing, of the wrong type, unknown or there twice
     */
    public static SchemaLock parse(String text) {
        return new SchemaLockReader().read(text);
    }

    /** The text of the lock file; {@link #parse} reads it as an equal lock. */
    public String toText() {
        return SchemaLockWriter.text(domain, entries);
    }

    /** Name of the domain whose events these are. */
    public String domain() {
        return domain;
    }

    /** All revisions, by event name and then by revision as {@link EventSteps#ORDER} has them. */
    public List<Revision> revisions() {
        return List.copyOf(entries.keySet());
    }

    /** What is agreed about the revision, or empty when nothing is. */
    public Optional<Entry> entry(Revision revision) {
        return Optional.ofNullable(entries.get(revision));
    }

    /** The schema of the revision as a tree of the caller's own, or empty when none is agreed. */
    public Optional<ObjectNode> schema(Revision revision) {
        return entry(revision).map(Entry::schema);
    }

    /** This lock with the entry in place of what it had for the revision. */
    public SchemaLock with(Revision revision, Entry entry) {
        SchemaLock changed = new SchemaLock(domain, entries);
        changed.entries.put(revision, entry);
        return changed;
    }

    /** This lock without the revision, whether it had it or not. */
    public SchemaLock without(Revision revision) {
        SchemaLock changed = new SchemaLock(domain, entries);
        changed.entries.remove(revision);
        return changed;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SchemaLock lock && domain.equals(lock.domain) && entries.equals(lock.entries);
    }

    @Override
    public int hashCode() {
        return 31 * domain.hashCode() + entries.hashCode();
    }

    @Override
    public String toString() {
        return "lock of '%s' with %s".formatted(domain, entries.keySet());
    }
}
