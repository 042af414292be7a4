package io.changeover.app.api;

import io.changeover.operation.AutopilotOperations;
import io.changeover.operation.AutopilotStatus;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How changeovers with a plan are carried forward. */
@RestController
@RequestMapping("/api/autopilot")
class AutopilotController {

    private final AutopilotOperations operations;

    AutopilotController(AutopilotOperations operations) {
        this.operations = operations;
    }

    @GetMapping
    List<AutopilotStatus> all() {
        return operations.autopilot(null);
    }

    @GetMapping("/{view}")
    List<AutopilotStatus> one(@PathVariable String view) {
        return operations.autopilot(view);
    }
}
