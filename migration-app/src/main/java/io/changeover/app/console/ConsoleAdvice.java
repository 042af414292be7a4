package io.changeover.app.console;

import io.changeover.app.security.SignedIn;
import io.changeover.operation.OperationRefusedException;
import io.changeover.view.InvalidVersionIdException;
import io.changeover.view.UnknownVersionException;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.ui.Model;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import tools.jackson.databind.json.JsonMapper;

/** What every page knows, and the pages for what went wrong. */
@ControllerAdvice(basePackageClasses = ConsoleAdvice.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class ConsoleAdvice {

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleAdvice.class);

    private final Show show;

    ConsoleAdvice(JsonMapper json) {
        this.show = new Show(json);
    }

    @ModelAttribute("show")
    Show show() {
        return show;
    }

    @ModelAttribute("user")
    @Nullable
    SignedIn user() {
        return SignedIn.current();
    }

    @ExceptionHandler
    String unknown(UnknownVersionException e, Model model, HttpServletResponse response) {
        return problem(HttpStatus.NOT_FOUND, "Not found", e.getMessage(), model, response);
    }

    @ExceptionHandler
    String refused(OperationRefusedException e, Model model, HttpServletResponse response) {
        HttpStatus status = e.rule().startsWith("unknown-") ? HttpStatus.NOT_FOUND : HttpStatus.CONFLICT;
        return problem(status, "Refused", e.getMessage(), model, response);
    }

    @ExceptionHandler
    String invalid(InvalidAddressException e, Model model, HttpServletResponse response) {
        return problem(HttpStatus.BAD_REQUEST, "Bad request", e.getMessage(), model, response);
    }

    @ExceptionHandler
    String invalid(InvalidVersionIdException e, Model model, HttpServletResponse response) {
        return problem(HttpStatus.BAD_REQUEST, "Bad request", e.getMessage(), model, response);
    }

    @ExceptionHandler
    String invalid(MethodArgumentTypeMismatchException e, Model model, HttpServletResponse response) {
        return problem(
                HttpStatus.BAD_REQUEST,
                "Bad request",
                "'%s' in the address must be a whole number; correct it"
                        .formatted(InvalidAddressException.shortened(String.valueOf(e.getValue()))),
                model,
                response);
    }

    @ExceptionHandler
    String denied(AccessDeniedException e, Model model, HttpServletResponse response) {
        return problem(
                HttpStatus.FORBIDDEN,
                "Not permitted",
                "Your roles do not allow this; ask an administrator for the role it takes",
                model,
                response);
    }

    @ExceptionHandler
    String unexpected(Exception e, Model model, HttpServletResponse response) {
        if (e instanceof ErrorResponse refused && refused.getStatusCode().is4xxClientError()) {
            HttpStatus status = HttpStatus.valueOf(refused.getStatusCode().value());
            return problem(status, status.getReasonPhrase(), refused.getBody().getDetail(), model, response);
        }
        LOG.error("A page failed", e);
        return problem(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "Internal error",
                "Something failed that should not; the application's log says what, at this time",
                model,
                response);
    }

    private String problem(
            HttpStatus status, String title, @Nullable String message, Model model, HttpServletResponse response) {
        response.setStatus(status.value());
        model.addAttribute("user", user());
        model.addAttribute("status", status.value());
        model.addAttribute("message", message);
        return new Page(title, "", "").show(model, "problem");
    }
}
