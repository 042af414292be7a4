package io.changeover.apiversion;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.accept.InvalidApiVersionException;
import org.springframework.web.accept.MissingApiVersionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Says as problem details what is wrong with a version; before any advice of the application, which knows less of it. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class ApiVersionProblems {

    private static final int MAX_SHOWN = 60;

    private final VersionedEndpoints endpoints;

    /** Names the versions of these endpoints. */
    public ApiVersionProblems(VersionedEndpoints endpoints) {
        this.endpoints = endpoints;
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> gone(ApiVersionGoneException e) {
        return ResponseEntity.status(e.getStatusCode()).body(e.getBody());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unknown(InvalidApiVersionException e, HttpServletRequest request) {
        String version = VersionedEndpoints.text(e.getVersion());
        return refused(
                "unknown-api-version",
                "Unknown API version",
                "There is no API version '%s'"
                        .formatted(version.length() <= MAX_SHOWN ? version : version.substring(0, MAX_SHOWN) + "..."),
                request);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> missing(MissingApiVersionException e, HttpServletRequest request) {
        return refused("missing-api-version", "Missing API version", "The request names no API version", request);
    }

    private ResponseEntity<ProblemDetail> refused(String type, String title, String what, HttpServletRequest request) {
        List<String> versions = endpoints.at(request);
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(
                HttpStatus.BAD_REQUEST,
                "%s at '%s'; name one of those that exist: %s"
                        .formatted(what, request.getRequestURI(), String.join(", ", versions)));
        problem.setType(URI.create("urn:changeover:problem:" + type));
        problem.setTitle(title);
        problem.setProperty("apiVersions", versions);
        return ResponseEntity.badRequest().body(problem);
    }
}
