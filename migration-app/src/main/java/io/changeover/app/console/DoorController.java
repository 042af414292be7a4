package io.changeover.app.console;

import io.changeover.app.security.SignInWays;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** The way in, and what whoever may not go on is told. */
@Controller
class DoorController {

    private final SignInWays ways;

    DoorController(SignInWays ways) {
        this.ways = ways;
    }

    @GetMapping("/console/sign-in")
    String signIn(Model model) {
        model.addAttribute("providers", ways.providers());
        return new Page("Sign in", "", "").show(model, "sign-in");
    }

    /** Spring Security forwards here, with the method of what was refused. */
    @RequestMapping("/console/refused")
    String refused(Model model, HttpServletResponse response) {
        response.setStatus(HttpStatus.FORBIDDEN.value());
        model.addAttribute("status", HttpStatus.FORBIDDEN.value());
        model.addAttribute("message", "Your roles do not allow this; ask an administrator for the role it takes");
        return new Page("Not permitted", "", "").show(model, "problem");
    }

    /** Whoever guesses passwords is forwarded here, with the time to wait in the answer's header already. */
    @RequestMapping("/console/slow-down")
    String slowDown(Model model, HttpServletResponse response) {
        String seconds = response.getHeader(HttpHeaders.RETRY_AFTER);
        response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
        model.addAttribute("status", HttpStatus.TOO_MANY_REQUESTS.value());
        model.addAttribute(
                "message",
                "There were too many attempts from here; wait %s seconds and try again"
                        .formatted(seconds == null ? "some" : seconds));
        return new Page("Too many attempts", "", "").show(model, "problem");
    }
}
