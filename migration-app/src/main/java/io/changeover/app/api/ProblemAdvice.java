package io.changeover.app.api;

import io.changeover.app.security.Role;
import io.changeover.app.security.SignedIn;
import io.changeover.app.security.ViewNotPermittedException;
import io.changeover.operation.OperationRefusedException;
import io.changeover.plan.InvalidPlanException;
import io.changeover.view.InvalidVersionIdException;
import io.changeover.view.UnknownVersionException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springdoc.api.OpenApiResourceNotFoundException;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Turns whatever goes wrong into a problem detail, and keeps what is inside inside. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    /** Rules that say no more than that nothing has the name. */
    private static final Map<String, String> UNKNOWN = Map.of(
            "unknown-comparison", "Unknown comparison",
            "unknown-consumer", "Unknown consumer",
            "unknown-event", "Unknown event",
            "unknown-key", "Unknown key",
            "unknown-person", "Unknown person",
            "unknown-release", "Unknown release",
            "unknown-token", "Unknown token");

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unknown(UnknownVersionException e) {
        return answer(HttpStatus.NOT_FOUND, "unknown-version", "Unknown view or version", e.getMessage());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(OperationRefusedException e) {
        String unknown = UNKNOWN.get(e.rule());
        if (unknown != null) {
            return answer(HttpStatus.NOT_FOUND, e.rule(), unknown, e.getMessage());
        }
        return answer(HttpStatus.CONFLICT, e.rule(), "Refused", e.getMessage());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> invalid(InvalidRequestException e) {
        return answer(HttpStatus.BAD_REQUEST, e.type(), "Bad request", e.getMessage());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> invalid(InvalidPlanException e) {
        ProblemDetail problem =
                Problems.of(HttpStatus.BAD_REQUEST, "invalid-plan", "Bad request", String.valueOf(e.getMessage()));
        problem.setProperty("problems", e.found());
        return ResponseEntity.badRequest().body(problem);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> invalid(InvalidVersionIdException e) {
        return answer(HttpStatus.BAD_REQUEST, "invalid-version", "Bad request", e.getMessage());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> invalid(MethodArgumentTypeMismatchException e) {
        return answer(
                HttpStatus.BAD_REQUEST,
                "invalid-version",
                "Bad request",
                "'%s' in the address must be a whole number from 1 to 999999; correct it".formatted(e.getValue()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> tooLarge(BodyTooLargeException e) {
        return answer(HttpStatus.CONTENT_TOO_LARGE, "body-too-large", "Body too large", e.getMessage());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> undocumented(OpenApiResourceNotFoundException e) {
        return answer(
                HttpStatus.NOT_FOUND,
                "unknown-document",
                "Unknown document",
                "There is no such OpenAPI document; ask for /openapi/operator, or /openapi/api- with a version of the API");
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> undecodable(InvalidParameterException e) {
        return answer(
                HttpStatus.BAD_REQUEST,
                "invalid-parameter",
                "Bad request",
                "A parameter of the address cannot be decoded; encode it by percent signs, as UTF-8");
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> rejected(RequestRejectedException e) {
        return answer(
                HttpStatus.BAD_REQUEST,
                "unsafe-address",
                "Bad request",
                "The address or a header holds characters that are not safe; send plain ones");
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unauthenticated(AuthenticationException e) {
        ProblemDetail problem = Problems.of(
                HttpStatus.UNAUTHORIZED,
                "not-authenticated",
                "Not authenticated",
                "The request must carry a token that is good but carries none or another; send the header 'Authorization: Bearer <token>' with a token that an administrator has issued, or with the content of the file that changeover.api.token-file names");
        return ResponseEntity.status(HttpStatus.UNAUTHORIZED)
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .body(problem);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> forbidden(AccessDeniedException e, HttpServletRequest request) {
        if (e instanceof ViewNotPermittedException) {
            return answer(HttpStatus.FORBIDDEN, "view-not-permitted", "Not permitted", e.getMessage());
        }
        SignedIn caller = SignedIn.current();
        if (caller != null && !caller.is(Role.CONSUMER)) {
            return answer(
                    HttpStatus.FORBIDDEN,
                    "not-permitted",
                    "Not permitted",
                    "'%s' has the roles '%s', and this takes another; ask an administrator for it, or send a token that has it"
                            .formatted(caller.name(), String.join("', '", caller.roles())));
        }
        return answer(
                HttpStatus.FORBIDDEN,
                "not-permitted",
                "Not permitted",
                "Consumer '%s' may read views, and only an operator may ask this; send the API token instead of the consumer's"
                        .formatted(request.getRemoteUser()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unexpected(Exception e, HttpServletResponse response) throws Exception {
        if (response.isCommitted()) {
            // Half of an answer is out, so the server must break it off: an end would make it look complete.
            throw e;
        }
        ResponseStatus declared = AnnotatedElementUtils.findMergedAnnotation(e.getClass(), ResponseStatus.class);
        if (declared != null && declared.code().is4xxClientError()) {
            return answer(declared.code(), "refused", declared.code().getReasonPhrase(), declared.reason());
        }
        LOG.error("A request failed", e);
        return answer(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "internal-error",
                "Internal error",
                "Something failed that should not; the application's log says what, at this time");
    }

    @Override
    protected ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        HttpStatus known = HttpStatus.valueOf(status.value());
        ServletWebRequest web = (ServletWebRequest) request;
        String method = web.getHttpMethod().name();
        String path = web.getRequest().getRequestURI();
        ProblemDetail problem =
                switch (known) {
                    case BAD_REQUEST ->
                        Problems.of(
                                known,
                                "malformed-body",
                                "Bad request",
                                "The request body must be one JSON object but cannot be read as JSON; correct its syntax");
                    case NOT_FOUND ->
                        Problems.of(
                                known,
                                "no-such-address",
                                "No such address",
                                "There is nothing at '%s'; the API begins at /api/views, /api/changeovers, /api/comparisons, /api/consumers, /api/doctor, /api/events, /api/people, /api/releases, /api/samples, /api/throttle and /api/tokens"
                                        .formatted(path));
                    case METHOD_NOT_ALLOWED ->
                        Problems.of(
                                known,
                                "method-not-allowed",
                                "Method not allowed",
                                "'%s' does not take %s but %s; use that"
                                        .formatted(path, method, headers.getFirst(HttpHeaders.ALLOW)));
                    case UNSUPPORTED_MEDIA_TYPE ->
                        Problems.of(
                                known,
                                "unsupported-media-type",
                                "Unsupported media type",
                                "The request body is '%s' but must be JSON; send the header 'Content-Type: application/json'"
                                        .formatted(web.getHeader(HttpHeaders.CONTENT_TYPE)));
                    default -> Problems.of(known, "refused", known.getReasonPhrase(), known.getReasonPhrase());
                };
        return ResponseEntity.status(status).headers(headers).body(problem);
    }

    private static ResponseEntity<ProblemDetail> answer(
            HttpStatus status, String type, String title, @Nullable String detail) {
        return ResponseEntity.status(status).body(Problems.of(status, type, title, detail == null ? title : detail));
    }
}
