package io.changeover.app.console;

import io.changeover.operation.EventDescription;
import io.changeover.operation.EventOperations;
import io.changeover.operation.EventOperations.MinedSamples;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The events themselves. */
@Controller
class EventPages {

    private static final String PLACE = "events";

    private final EventOperations operations;

    EventPages(EventOperations operations) {
        this.operations = operations;
    }

    @GetMapping("/console/events")
    String catalogue(Model model) {
        model.addAttribute("events", operations.catalogue());
        return new Page("Events", PLACE, "bin/changeover events list").show(model, "events");
    }

    @GetMapping("/console/events/{name}")
    String event(@PathVariable String name, Model model) {
        EventDescription event = operations.event(name);
        model.addAttribute("event", event);
        return new Page("Event " + event.name(), PLACE, "bin/changeover events show " + event.name())
                .show(model, "event");
    }

    /** On a page of its own, because every stored event is looked at for it. */
    @GetMapping("/console/events/{name}/samples")
    String samples(@PathVariable String name, Model model) {
        EventDescription event = operations.event(name);
        MinedSamples mined = operations.mineSamples();
        model.addAttribute("event", event);
        model.addAttribute(
                "samples",
                mined.samples().stream()
                        .filter(sample -> sample.stored().name().equals(event.name()))
                        .toList());
        model.addAttribute(
                "withheld",
                mined.withheld().stream()
                        .filter(sentence -> sentence.contains(event.name()))
                        .toList());
        return new Page("Samples of " + event.name(), PLACE, "bin/changeover samples mine").show(model, "samples");
    }
}
