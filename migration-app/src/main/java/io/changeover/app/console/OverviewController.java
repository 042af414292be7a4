package io.changeover.app.console;

import io.changeover.operation.Operations;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** All views at a glance. */
@Controller
class OverviewController {

    private static final int LONGEST_FIND = 100;

    private final Operations operations;
    private final Words words;
    private final long maxLag;

    OverviewController(Operations operations, Clock clock, @Value("${changeover.gates.max-lag:1000}") long maxLag) {
        this.operations = operations;
        this.words = new Words(clock);
        this.maxLag = maxLag;
    }

    @GetMapping("/console")
    String overview(
            @RequestParam(defaultValue = "") String find,
            @RequestParam(required = false) @Nullable String page,
            Model model) {
        fill(find, page, model);
        return new Page("Overview", "overview", "bin/changeover views").show(model, "overview");
    }

    /** The part of the page that is refreshed. */
    @GetMapping("/console/overview")
    String standing(
            @RequestParam(defaultValue = "") String find,
            @RequestParam(required = false) @Nullable String page,
            Model model) {
        fill(find, page, model);
        return "console/overview :: standing";
    }

    private void fill(String find, @Nullable String page, Model model) {
        String shortened = find.length() > LONGEST_FIND ? find.substring(0, LONGEST_FIND) : find;
        model.addAttribute("words", words);
        model.addAttribute("overview", Overview.of(operations.views(), shortened, number(page), maxLag));
    }

    /** A page that is none shows the first, since a person has no use for a refusal here. */
    private static int number(@Nullable String page) {
        return page != null && page.matches("[0-9]{1,6}") ? Integer.parseInt(page) : 1;
    }
}
