package io.changeover.app.console;

import io.changeover.operation.ConsumerOperations;
import io.changeover.operation.RouteOperations;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Whoever takes part beside people: those who read, and the nodes that answer them. */
@Controller
class PeerPages {

    private final ConsumerOperations consumers;
    private final RouteOperations routes;

    PeerPages(ConsumerOperations consumers, RouteOperations routes) {
        this.consumers = consumers;
        this.routes = routes;
    }

    @GetMapping("/console/consumers")
    String consumers(Model model) {
        model.addAttribute("consumers", consumers.consumers(null));
        return new Page("Consumers", "consumers", "bin/changeover consumers").show(model, "consumers");
    }

    @GetMapping("/console/nodes")
    String nodes(Model model) {
        model.addAttribute("nodes", routes.nodes());
        return new Page("Nodes", "nodes", "bin/changeover nodes").show(model, "nodes");
    }
}
