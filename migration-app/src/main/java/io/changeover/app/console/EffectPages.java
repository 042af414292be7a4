package io.changeover.app.console;

import io.changeover.effect.KeptEffect;
import io.changeover.operation.DryRun;
import io.changeover.operation.EffectOperations;
import io.changeover.operation.Operations;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What events have caused in the outside world. */
@Controller
class EffectPages {

    private static final String PLACE = "effects";
    private static final String ADDRESS = "/console/effects";

    private final Operations operations;
    private final EffectOperations effects;

    EffectPages(Operations operations, EffectOperations effects) {
        this.operations = operations;
        this.effects = effects;
    }

    @GetMapping(ADDRESS)
    String effects(Model model) {
        model.addAttribute(
                "fences",
                operations.views().stream()
                        .map(view -> effects.effects(view.view()))
                        .filter(view -> view.acting() != null || !view.effects().isEmpty())
                        .toList());
        return new Page("Effects", PLACE, "bin/changeover effects VIEW").show(model, "effects");
    }

    @GetMapping(ADDRESS + "/retry")
    String ask(@RequestParam String view, @RequestParam String position, @RequestParam String name, Model model) {
        long at = position(position);
        DryRun run = new DryRun();
        KeptEffect effect = effects.retry(view, at, name, Inputs.request(null).into(run));
        return new Confirmation(
                        ADDRESS + "/retry",
                        Map.of("view", view, "position", position, "name", name),
                        "Retry the effect",
                        ADDRESS,
                        List.of(
                                "The last attempt failed with: "
                                        + Objects.requireNonNullElse(effect.failure(), "nothing that is known"),
                                "It is tried at once, with all its attempts before it again. Its receiver knows it by %s."
                                        .formatted(effect.key())),
                        run.intents())
                .show(
                        new Page(
                                "Retry %s of the event at position %d?".formatted(effect.name(), at),
                                PLACE,
                                "bin/changeover effects retry %s %d %s".formatted(view, at, name)),
                        model);
    }

    @PostMapping(ADDRESS + "/retry")
    String retry(
            @RequestParam String view,
            @RequestParam String position,
            @RequestParam String name,
            @RequestParam(required = false) @Nullable String reason,
            RedirectAttributes redirect) {
        KeptEffect effect = effects.retry(view, position(position), name, Inputs.request(reason));
        redirect.addFlashAttribute(
                "told",
                "%s of the event at position %d is %s and tried again at once."
                        .formatted(effect.name(), effect.position(), effect.state()));
        return "redirect:" + ADDRESS;
    }

    private static long position(String text) {
        return Inputs.number("position", text.isEmpty() ? "?" : text, 0, Long.MAX_VALUE, 0);
    }
}
