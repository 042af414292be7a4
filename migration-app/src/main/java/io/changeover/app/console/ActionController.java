package io.changeover.app.console;

import io.changeover.app.security.Asked;
import io.changeover.app.security.SignedIn;
import io.changeover.operation.DryRun;
import io.changeover.operation.OperationRefusedException;
import io.changeover.operation.Operations;
import io.changeover.operation.Request;
import io.changeover.plan.InvalidPlanException;
import io.changeover.view.UnknownVersionException;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import tools.jackson.databind.json.JsonMapper;

/**
 * The form of each verb: tells what it would do before it has it done. A form carries an identifier, so that sending it
 * twice asks once.
 */
@Controller
@RequestMapping("/console/changeovers/{view}/{word}")
class ActionController {

    private static final int LONGEST_KEY = 100;

    private final Operations operations;
    private final Actions actions;
    private final JsonMapper json;
    private final Once once = new Once();

    ActionController(Operations operations, Actions actions, JsonMapper json) {
        this.operations = operations;
        this.actions = actions;
        this.json = json;
    }

    /** What is known already is filled in; where nothing is missing, it is tried at once, which changes nothing. */
    @GetMapping
    String form(
            @PathVariable String view,
            @PathVariable String word,
            @RequestParam Map<String, String> sent,
            Model model,
            HttpServletResponse response) {
        Verb verb = verb(view, word);
        SignedIn user = Objects.requireNonNull(SignedIn.current());
        if (!verb.isFor(user)) {
            response.setStatus(HttpStatus.FORBIDDEN.value());
            return "forward:/console/refused";
        }
        Ask ask = Ask.of(verb, view, sent);
        if (ask.isWhole() && verb.canBeTried()) {
            return tried(ask, model, response);
        }
        return show(ask, false, model);
    }

    @PostMapping
    String asked(
            @PathVariable String view,
            @PathVariable String word,
            @RequestParam Map<String, String> sent,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        Verb verb = verb(view, word);
        SignedIn user = Objects.requireNonNull(SignedIn.current());
        Ask ask = Ask.of(verb, view, sent);
        if (!"do".equals(sent.get("step"))) {
            return tried(ask, model, response);
        }
        String key = sent.getOrDefault("key", "");
        try {
            ask.requireFit();
            ask.requireConfirmed();
            if (!Request.isCommandId(key) || key.length() > LONGEST_KEY) {
                throw new UnfitFieldException(
                        "The form has no identifier by which it is done once; open it anew and send that");
            }
            // Somebody who goes back and fills it in otherwise asks for something else.
            String id = key + "-" + ask.fingerprint();
            String answer = once.run(
                    user.name() + " " + id,
                    () -> actions.carryOut(ask, request(ask).named(id)));
            next.addFlashAttribute("told", answer);
            return "redirect:/console/changeovers/" + view;
        } catch (OperationRefusedException | UnknownVersionException e) {
            return refused(ask, e, HttpStatus.CONFLICT, model, response);
        } catch (UnfitFieldException | InvalidPlanException e) {
            return refused(ask, e, HttpStatus.BAD_REQUEST, model, response);
        }
    }

    private Verb verb(String view, String word) {
        operations.view(view); // or the view is unknown, which its page says
        return Verb.ofWord(word)
                .orElseThrow(() -> new OperationRefusedException(
                        "unknown-verb",
                        "Nothing is called '%s' that could be asked of a changeover; choose an action on the page of '%s'"
                                .formatted(word.length() <= 60 ? word : word.substring(0, 60) + "...", view)));
    }

    private static Request request(Ask ask) {
        return Asked.request(ask.reason());
    }

    private String tried(Ask ask, Model model, HttpServletResponse response) {
        DryRun run = new DryRun();
        try {
            ask.requireFit();
            if (ask.verb().canBeTried()) {
                String unused = actions.carryOut(ask, request(ask).into(run));
            }
            model.addAttribute("would", Intended.of(run, json));
            return show(ask, ask.verb().canBeTried(), model);
        } catch (OperationRefusedException | UnknownVersionException e) {
            return refused(ask, e, HttpStatus.CONFLICT, model, response);
        } catch (UnfitFieldException | InvalidPlanException e) {
            return refused(ask, e, HttpStatus.BAD_REQUEST, model, response);
        }
    }

    private String refused(
            Ask ask, RuntimeException refusal, HttpStatus status, Model model, HttpServletResponse response) {
        response.setStatus(status.value());
        model.addAttribute("refusal", refusal.getMessage());
        model.addAttribute("problems", refusal instanceof InvalidPlanException plan ? plan.problems() : List.of());
        return show(ask, false, model);
    }

    private static String show(Ask ask, boolean tried, Model model) {
        model.addAttribute("tried", tried);
        model.addAttribute("ready", tried || !ask.verb().canBeTried());
        model.addAttribute("ask", ask);
        model.addAttribute("key", UUID.randomUUID().toString());
        String title = "%s: %s".formatted(ask.verb().title(), ask.view());
        return new Page(title, "overview", ask.verb().command(ask.view())).show(model, "action");
    }
}
