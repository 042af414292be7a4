package io.changeover.schema;

import io.changeover.upcast.Revision;
import java.util.SortedMap;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.core.util.Separators.Spacing;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a lock so that equal locks have equal bytes on every machine. */
final class SchemaLockWriter {

    static final int VERSION = 1;

    // The indenter's own line break is that of the machine.
    private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");

    private static final ObjectWriter WRITER = Json.MAPPER
            .writer()
            .with(new DefaultPrettyPrinter(Separators.createDefaultInstance().withObjectNameValueSpacing(Spacing.AFTER))
                    .withObjectIndenter(INDENT)
                    .withArrayIndenter(INDENT));

    private SchemaLockWriter() {}

    static String text(String domain, SortedMap<Revision, SchemaLock.Entry> entries) {
        ObjectNode lock = Json.object().put("lockVersion", VERSION).put("domain", domain);
        ObjectNode events = lock.putObject("events");
        entries.forEach((revision, entry) -> {
            ObjectNode event =
                    events.get(revision.name()) instanceof ObjectNode known ? known : events.putObject(revision.name());
            ArrayNode revisions =
                    event.get("revisions") instanceof ArrayNode known ? known : event.putArray("revisions");
            revisions
                    .addObject()
                    .put("revision", revision.revision())
                    .put("origin", entry.origin().word())
                    .set("schema", entry.schema());
        });
        return WRITER.writeValueAsString(lock) + "\n";
    }
}
