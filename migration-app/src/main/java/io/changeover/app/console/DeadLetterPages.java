package io.changeover.app.console;

import io.changeover.operation.DeadLetter;
import io.changeover.operation.DryRun;
import io.changeover.operation.Operations;
import io.changeover.operation.RetryResult;
import io.changeover.view.VersionId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriComponentsBuilder;

/** Events that wait because a fold failed. */
@Controller
@RequestMapping("/console/views/{view}/versions/{version}/dead-letters")
class DeadLetterPages {

    private final Operations operations;

    DeadLetterPages(Operations operations) {
        this.operations = operations;
    }

    @GetMapping
    String list(@PathVariable String view, @PathVariable int version, Model model) {
        VersionId id = new VersionId(view, version);
        List<DeadLetter> letters = operations.deadLetters(id);
        Map<String, List<DeadLetter>> homes = letters.stream()
                .collect(Collectors.groupingBy(DeadLetter::home, LinkedHashMap::new, Collectors.toList()));
        model.addAttribute("version", id);
        model.addAttribute("homes", homes);
        model.addAttribute("letters", letters.size());
        return new Page("Dead letters of " + id, "overview", "bin/changeover dead-letters " + id)
                .show(model, "dead-letters");
    }

    @GetMapping("/retry")
    String ask(@PathVariable String view, @PathVariable int version, @RequestParam String home, Model model) {
        VersionId id = new VersionId(view, version);
        DryRun run = new DryRun();
        RetryResult waiting = operations.retry(id, home, Inputs.request(null).into(run));
        return new Confirmation(
                        address(view, version) + "/retry",
                        Map.of("home", home),
                        "Retry home " + InvalidAddressException.shortened(home),
                        address(view, version),
                        List.of(
                                "Events that wait: %d. The first failed with: %s"
                                        .formatted(waiting.stillParked(), waiting.failure()),
                                "They are folded again, in order. Those that fail again go on waiting, and nothing of them is lost."),
                        run.intents())
                .show(
                        new Page(
                                "Retry home %s of %s?".formatted(InvalidAddressException.shortened(home), id),
                                "overview",
                                "bin/changeover retry %s %s".formatted(id, home)),
                        model);
    }

    @PostMapping("/retry")
    String retry(
            @PathVariable String view,
            @PathVariable int version,
            @RequestParam String home,
            @RequestParam(required = false) @Nullable String reason,
            RedirectAttributes redirect) {
        RetryResult result = operations.retry(new VersionId(view, version), home, Inputs.request(reason));
        redirect.addFlashAttribute(
                "told",
                "Home %s: %d applied, %d wait on%s"
                        .formatted(
                                InvalidAddressException.shortened(home),
                                result.applied(),
                                result.stillParked(),
                                result.failure() == null ? "." : ": " + result.failure()));
        return "redirect:" + address(view, version);
    }

    private static String address(String view, int version) {
        return UriComponentsBuilder.fromPath("/console/views/{view}/versions/{version}/dead-letters")
                .encode()
                .buildAndExpand(view, version)
                .toUriString();
    }
}
