package io.changeover.app.console;

import io.changeover.app.security.SignedIn;
import io.changeover.operation.AutopilotOperations;
import io.changeover.operation.AutopilotStatus;
import io.changeover.operation.ChangeoverStatus;
import io.changeover.operation.CompletionOperations;
import io.changeover.operation.OperationRefusedException;
import io.changeover.operation.Operations;
import io.changeover.operation.PlanOperations;
import io.changeover.operation.PlanPreview;
import io.changeover.operation.PlannedStep;
import io.changeover.operation.ViewStatus;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;

/** The open changeover of a view, or its last one. */
@Controller
@RequestMapping("/console/changeovers/{view}")
class ChangeoverController {

    private final Operations operations;
    private final PlanOperations plans;
    private final AutopilotOperations autopilot;
    private final CompletionOperations completion;
    private final Series series;
    private final Words words;

    ChangeoverController(
            Operations operations,
            PlanOperations plans,
            AutopilotOperations autopilot,
            CompletionOperations completion,
            Series series,
            Clock clock) {
        this.operations = operations;
        this.plans = plans;
        this.autopilot = autopilot;
        this.completion = completion;
        this.series = series;
        this.words = new Words(clock);
    }

    @GetMapping
    String changeover(@PathVariable String view, Model model) {
        fill(view, model);
        model.addAttribute("charts", series.of(view));
        return new Page("Changeover of " + view, "overview", "bin/changeover status %s --watch".formatted(view))
                .show(model, "changeover");
    }

    /** The part of the page that is refreshed. */
    @GetMapping("/standing")
    String standing(@PathVariable String view, Model model) {
        fill(view, model);
        return "console/changeover :: standing";
    }

    /** What the charts are drawn from. */
    @GetMapping("/series")
    ResponseEntity<SeriesAnswer> series(@PathVariable String view) {
        operations.view(view);
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(series.of(view));
    }

    private void fill(String view, Model model) {
        ViewStatus status = operations.view(view);
        ChangeoverStatus changeover = status.changeover() == null ? last(view) : status.changeover();
        boolean open = status.changeover() != null;
        PlanPreview plan = open && changeover != null && changeover.plan() != null ? plans.show(view) : null;
        List<AutopilotStatus> carried = plan == null ? List.of() : autopilot.autopilot(view);
        SignedIn user = Objects.requireNonNull(SignedIn.current());
        model.addAttribute("words", words);
        model.addAttribute("view", status);
        model.addAttribute("changeover", changeover);
        model.addAttribute("open", open);
        model.addAttribute("plan", plan);
        model.addAttribute("carried", carried.isEmpty() ? null : carried.get(0));
        model.addAttribute("phases", changeover == null ? List.of() : PhaseMark.of(changeover));
        model.addAttribute(
                "approvals",
                plan == null
                        ? List.of()
                        : plan.steps().stream()
                                .map(ChangeoverController::approval)
                                .filter(Objects::nonNull)
                                .toList());
        model.addAttribute("offers", Offers.of(view, user, changeover, open, plan, completion.disposals(view)));
    }

    private static @Nullable String approval(PlannedStep step) {
        return step.waitsFor() == null ? null : "%s waits for %s".formatted(step.name(), step.waitsFor());
    }

    /** The last one that is over, or null where there has been none. */
    private @Nullable ChangeoverStatus last(String view) {
        try {
            return operations.changeover(view);
        } catch (OperationRefusedException e) {
            return null;
        }
    }
}
