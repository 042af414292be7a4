package io.changeover.app.api;

import io.changeover.operation.SimulationOperations;
import io.changeover.simulation.Impact;
import io.changeover.simulation.Simulation;
import io.changeover.simulation.SimulationOptions;
import io.changeover.view.VersionId;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** What a backfill would take, and what a change of folds concerns. */
@RestController
@RequestMapping("/api/views/{view}/versions/{version}")
class SimulationController {

    private final SimulationOperations operations;

    SimulationController(SimulationOperations operations) {
        this.operations = operations;
    }

    @PostMapping("/simulate")
    Simulation simulate(
            @PathVariable String view,
            @PathVariable int version,
            @RequestBody(required = false) @Nullable JsonNode body) {
        RequestFields fields = RequestFields.of(body, "{\"sample\": 2000}");
        int sample = (int)
                fields.integerOr("sample", SimulationOptions.LEAST, SimulationOptions.MOST, SimulationOptions.USUAL);
        fields.requireNoOthers();
        return operations.simulate(new VersionId(view, version), sample);
    }

    @GetMapping("/impact")
    Impact impact(@PathVariable String view, @PathVariable int version) {
        return operations.impact(new VersionId(view, version));
    }
}
