package io.changeover.app.api;

import io.changeover.fallback.FallbackReport;
import io.changeover.operation.FallbackOperations;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** How readers of a new version fare. */
@RestController
class FallbacksController {

    private final FallbackOperations operations;

    FallbacksController(FallbackOperations operations) {
        this.operations = operations;
    }

    @GetMapping("/api/views/{view}/fallbacks")
    FallbackReport fallbacks(@PathVariable String view) {
        return operations.fallbacks(view);
    }
}
