package io.changeover.app.console;

import io.changeover.operation.DoctorOperations;
import io.changeover.operation.DryRun;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** States that should not be. */
@Controller
class DoctorPages {

    private static final String PLACE = "doctor";
    private static final String ADDRESS = "/console/doctor";

    private final DoctorOperations operations;

    DoctorPages(DoctorOperations operations) {
        this.operations = operations;
    }

    @GetMapping(ADDRESS)
    String look(Model model) {
        if (!model.containsAttribute("diagnosis")) {
            model.addAttribute("diagnosis", operations.look());
        }
        return new Page("Doctor", PLACE, "bin/changeover doctor").show(model, "doctor");
    }

    @GetMapping(ADDRESS + "/mend")
    String ask(Model model) {
        DryRun run = new DryRun();
        operations.mend(Inputs.request(null).into(run));
        return new Confirmation(
                        ADDRESS + "/mend",
                        Map.of(),
                        "Mend what is safe",
                        ADDRESS,
                        List.of("Only what is safe to mend without a person's judgement is mended."),
                        run.intents())
                .show(new Page("Mend what is safe to mend?", PLACE, "bin/changeover doctor --mend"), model);
    }

    /** What was done is told by the findings of this one look, which the next page shows instead of its own. */
    @PostMapping(ADDRESS + "/mend")
    String mend(@RequestParam(required = false) @Nullable String reason, RedirectAttributes redirect) {
        redirect.addFlashAttribute("diagnosis", operations.mend(Inputs.request(reason)));
        redirect.addFlashAttribute("told", "What is safe to mend is mended; each finding says what was done.");
        return "redirect:" + ADDRESS;
    }
}
