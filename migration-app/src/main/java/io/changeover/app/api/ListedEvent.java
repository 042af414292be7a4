package io.changeover.app.api;

import io.changeover.operation.EventDescription;
import io.changeover.operation.EventDescription.RevisionDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event without the schemas of its revisions, which would make a long list of a short one. */
record ListedEvent(
        String name,
        @Nullable String domain,
        @Nullable String owner,
        @Nullable String compatibility,
        @Nullable String current,
        List<ListedRevision> revisions,
        List<EventDescription.Reader> consumers) {

    static ListedEvent of(EventDescription event) {
        return new ListedEvent(
                event.name(),
                event.domain(),
                event.owner(),
                event.compatibility(),
                event.current(),
                event.revisions().stream().map(ListedRevision::of).toList(),
                event.consumers());
    }

    /** A revision that only says whether a schema has been accepted. */
    record ListedRevision(
            @Nullable String revision,
            List<String> leadsTo,
            List<String> losesUp,
            @Nullable String leadsDownTo,
            List<String> losesDown,
            @Nullable String noWayDown,
            long events,
            List<String> sensitive,
            boolean hasSchema,
            int samples) {

        static ListedRevision of(RevisionDescription revision) {
            return new ListedRevision(
                    revision.revision(),
                    revision.leadsTo(),
                    revision.losesUp(),
                    revision.leadsDownTo(),
                    revision.losesDown(),
                    revision.noWayDown(),
                    revision.events(),
                    revision.sensitive(),
                    revision.schema() != null,
                    revision.samples());
        }
    }
}
