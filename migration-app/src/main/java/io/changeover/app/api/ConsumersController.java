package io.changeover.app.api;

import io.changeover.operation.ConsumerHistory;
import io.changeover.operation.ConsumerOperations;
import io.changeover.operation.ConsumerStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who reads what. */
@RestController
@RequestMapping("/api/consumers")
class ConsumersController {

    private final ConsumerOperations operations;

    ConsumersController(ConsumerOperations operations) {
        this.operations = operations;
    }

    @GetMapping
    List<ConsumerStatus> consumers(@RequestParam(required = false) @Nullable String view) {
        return operations.consumers(view);
    }

    @GetMapping("/{name}")
    ConsumerHistory consumer(@PathVariable String name, @RequestParam(required = false) @Nullable String view) {
        return operations.consumer(name, view);
    }
}
