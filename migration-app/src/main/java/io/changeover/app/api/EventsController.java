package io.changeover.app.api;

import io.changeover.operation.EventDescription;
import io.changeover.operation.EventDescription.RevisionDescription;
import io.changeover.operation.EventOperations;
import io.changeover.operation.RollbackReport;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** The events themselves: which there are, what an older release could read of them, and samples of what is stored. */
@RestController
@RequestMapping("/api")
class EventsController {

    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

    private final EventOperations operations;

    EventsController(EventOperations operations) {
        this.operations = operations;
    }

    @GetMapping("/events")
    List<ListedEvent> events() {
        return operations.catalogue().stream().map(ListedEvent::of).toList();
    }

    @GetMapping("/events/{name}")
    EventDescription event(@PathVariable String name) {
        EventDescription event = operations.event(name);
        return new EventDescription(
                event.name(),
                event.domain(),
                event.owner(),
                event.compatibility(),
                event.current(),
                event.revisions().stream().map(EventsController::handedOut).toList(),
                event.consumers());
    }

    @GetMapping("/releases")
    List<String> releases() {
        return operations.releases();
    }

    @GetMapping("/releases/{name}/rollback-report")
    RollbackReport rollbackReport(@PathVariable String name) {
        return operations.rollbackReport(name);
    }

    @GetMapping("/samples")
    SamplesAnswer samples() {
        return SamplesAnswer.of(operations.mineSamples());
    }

    /** Within the application the dialect goes without saying; to others it is said. */
    private static RevisionDescription handedOut(RevisionDescription revision) {
        return new RevisionDescription(
                revision.revision(),
                revision.leadsTo(),
                revision.losesUp(),
                revision.leadsDownTo(),
                revision.losesDown(),
                revision.noWayDown(),
                revision.events(),
                revision.sensitive(),
                withDialect(revision.schema()),
                revision.samples());
    }

    private static @Nullable ObjectNode withDialect(@Nullable ObjectNode schema) {
        return schema == null
                ? null
                : schema.objectNode().put("$schema", DIALECT).setAll(schema);
    }
}
