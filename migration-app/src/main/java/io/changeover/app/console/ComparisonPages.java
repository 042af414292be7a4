package io.changeover.app.console;

import io.changeover.operation.ComparisonOperations;
import io.changeover.operation.ComparisonStatus;
import io.changeover.operation.DryRun;
import io.changeover.operation.Operations;
import io.changeover.operation.ViewStatus;
import io.changeover.view.VersionId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Comparisons that are kept, and the differences that they found. */
@Controller
class ComparisonPages {

    private static final String PLACE = "comparisons";
    private static final int LISTED = 100;
    private static final int OF_A_VIEW = 50;
    private static final int OF_A_PAGE = 25;

    private final Operations operations;
    private final ComparisonOperations comparisons;

    ComparisonPages(Operations operations, ComparisonOperations comparisons) {
        this.operations = operations;
        this.comparisons = comparisons;
    }

    @GetMapping("/console/comparisons")
    String list(@RequestParam(required = false) @Nullable String view, Model model) {
        String only = Inputs.optional("view", view);
        List<ViewStatus> views = operations.views();
        List<String> names = only == null
                ? views.stream().map(ViewStatus::view).toList()
                : List.of(operations.view(only).view());
        List<ComparisonStatus> found = names.stream()
                .flatMap(name -> comparisons.list(name, null, OF_A_VIEW).stream())
                .sorted(Comparator.comparing(ComparisonStatus::startedAt).reversed())
                .limit(LISTED)
                .toList();
        model.addAttribute("comparisons", found);
        model.addAttribute(
                "running", found.stream().anyMatch(each -> each.state().equals("running")));
        model.addAttribute("views", views);
        model.addAttribute("only", only);
        return new Page("Comparisons", PLACE, "bin/changeover comparisons " + (only == null ? "VIEW" : only))
                .show(model, "comparisons");
    }

    @PostMapping("/console/comparisons")
    String start(
            @RequestParam String left,
            @RequestParam String right,
            @RequestParam(required = false) @Nullable String reason) {
        ComparisonStatus begun =
                comparisons.start(VersionId.parse(left), VersionId.parse(right), Inputs.request(reason));
        return "redirect:/console/comparisons/" + begun.id();
    }

    @GetMapping("/console/comparisons/{id}")
    String comparison(@PathVariable String id, Model model) {
        ComparisonStatus status = comparisons.status(Inputs.comparison(id));
        model.addAttribute("comparison", status);
        return new Page(
                        "Comparison of %s and %s".formatted(status.left(), status.right()),
                        PLACE,
                        "bin/changeover comparison status " + status.id())
                .show(model, "comparison");
    }

    @GetMapping("/console/comparisons/{id}/differences")
    String differences(@PathVariable String id, @RequestParam(required = false) @Nullable String after, Model model) {
        UUID comparison = Inputs.comparison(id);
        long known = Inputs.number("after", after, 0, Long.MAX_VALUE, 0);
        ComparisonStatus status = comparisons.status(comparison);
        List<ShownDifference> shown = comparisons.differences(comparison, known, OF_A_PAGE).stream()
                .map(ShownDifference::of)
                .toList();
        model.addAttribute("comparison", status);
        model.addAttribute("left", VersionId.parse(status.left()).version());
        model.addAttribute("right", VersionId.parse(status.right()).version());
        model.addAttribute("groups", comparisons.groups(comparison));
        model.addAttribute("differences", shown);
        model.addAttribute("after", known);
        model.addAttribute(
                "next",
                shown.size() < OF_A_PAGE
                        ? null
                        : shown.get(shown.size() - 1).difference().number());
        return new Page(
                        "Differences of %s and %s".formatted(status.left(), status.right()),
                        PLACE,
                        "bin/changeover differences " + status.id())
                .show(model, "differences");
    }

    @GetMapping("/console/comparisons/{id}/cancel")
    String askToCancel(@PathVariable String id, Model model) {
        UUID comparison = Inputs.comparison(id);
        DryRun run = new DryRun();
        ComparisonStatus status =
                comparisons.cancel(comparison, Inputs.request(null).into(run));
        String page = "/console/comparisons/" + comparison;
        return new Confirmation(
                        page + "/cancel",
                        Map.of(),
                        "Cancel the comparison",
                        page,
                        List.of("It stops for good. What it has found so far stays."),
                        run.intents())
                .show(
                        new Page(
                                "Cancel the comparison of %s and %s?".formatted(status.left(), status.right()),
                                PLACE,
                                "bin/changeover comparison cancel " + comparison),
                        model);
    }

    @PostMapping("/console/comparisons/{id}/cancel")
    String cancel(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String reason,
            RedirectAttributes redirect) {
        UUID comparison = Inputs.comparison(id);
        comparisons.cancel(comparison, Inputs.request(reason));
        redirect.addFlashAttribute("told", "The comparison is cancelled.");
        return "redirect:/console/comparisons/" + comparison;
    }
}
