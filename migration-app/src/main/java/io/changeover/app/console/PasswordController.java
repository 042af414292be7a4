package io.changeover.app.console;

import io.changeover.app.security.AccessOperations;
import io.changeover.app.security.SignedIn;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Lets people choose a password, which some must before they get to do anything else. */
@Controller
class PasswordController {

    private static final String ADDRESS = "/console/password";

    private final AccessOperations operations;

    PasswordController(AccessOperations operations) {
        this.operations = operations;
    }

    @GetMapping(ADDRESS)
    String password(Model model) {
        return new Page("Choose a password", "", "").show(model, "password");
    }

    @PostMapping(ADDRESS)
    String choose(
            @RequestParam(defaultValue = "") String current,
            @RequestParam(defaultValue = "") String next,
            @RequestParam(defaultValue = "") String again,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response)
            throws ServletException {
        SignedIn user = SignedIn.current();
        if (user == null) {
            return "redirect:/console/sign-in";
        }
        Optional<String> problem = next.equals(again)
                ? operations.chooseOwnPassword(user.name(), current, next)
                : Optional.of("The new passwords differ; type the same one twice");
        if (problem.isPresent()) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            model.addAttribute("problem", problem.get());
            return password(model);
        }
        // Every session that began with the old password is over, this one too.
        request.logout();
        return "redirect:/console/sign-in?changed";
    }
}
