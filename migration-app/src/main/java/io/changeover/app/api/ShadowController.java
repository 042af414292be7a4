package io.changeover.app.api;

import io.changeover.operation.OperationRefusedException;
import io.changeover.operation.ShadowOperations;
import io.changeover.shadow.ShadowReport;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What was found when calls were asked of the other version too. */
@RestController
@RequestMapping("/api/views")
class ShadowController {

    private final ObjectProvider<ShadowOperations> operations;

    ShadowController(ObjectProvider<ShadowOperations> operations) {
        this.operations = operations;
    }

    @GetMapping("/{view}/shadow")
    ShadowReport report(@PathVariable String view) {
        ShadowOperations verbs = operations.getIfAvailable();
        if (verbs == null) {
            throw new OperationRefusedException(
                    "no-shadow-reads",
                    "Shadow reads of view '%s' cannot be told because this node makes none; set changeover.shadow.enabled to true, or ask a node that makes them"
                            .formatted(view));
        }
        return verbs.report(view);
    }
}
