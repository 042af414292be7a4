package io.changeover.web;

import io.changeover.freshness.ReadBehindException;
import io.changeover.freshness.UnwrittenPositionException;
import io.changeover.serving.NotServedException;
import java.net.URI;
import java.util.Objects;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/**
 * Turns what readers are refused into problem details of RFC 9457. It comes before a team's own advice, which may take
 * every exception for a fault of the application.
 */
@ControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE + 100)
public final class ReaderAdvice {

    private static final String TYPE = "urn:changeover:problem:";
    private static final String RETRY_SECONDS = "1";

    @ExceptionHandler
    ResponseEntity<ProblemDetail> behind(ReadBehindException e) {
        ProblemDetail problem = problem(HttpStatus.SERVICE_UNAVAILABLE, "read-behind", "Read behind", e);
        problem.setProperty("outcome", e.outcome().text());
        problem.setProperty("view", e.view());
        problem.setProperty("version", e.version());
        problem.setProperty("wanted", e.wanted());
        problem.setProperty("reached", e.reached());
        return later(problem);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> notServed(NotServedException e) {
        ProblemDetail problem = problem(HttpStatus.SERVICE_UNAVAILABLE, "not-served", "Not served", e);
        problem.setProperty("view", e.view());
        return later(problem);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unwritten(UnwrittenPositionException e) {
        ProblemDetail problem = problem(HttpStatus.BAD_REQUEST, "unwritten-position", "Bad request", e);
        problem.setProperty("wanted", e.wanted());
        problem.setProperty("head", e.head());
        return ResponseEntity.badRequest().body(problem);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> malformed(MalformedHeaderException e) {
        ProblemDetail problem = problem(HttpStatus.BAD_REQUEST, "malformed-header", "Bad request", e);
        problem.setProperty("header", e.header());
        return ResponseEntity.badRequest().body(problem);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(OverrideRefusedException e) {
        ProblemDetail problem = problem(HttpStatus.FORBIDDEN, "override-not-allowed", "Not allowed", e);
        return ResponseEntity.status(HttpStatus.FORBIDDEN).body(problem);
    }

    private static ResponseEntity<ProblemDetail> later(ProblemDetail problem) {
        return ResponseEntity.status(problem.getStatus())
                .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
                .body(problem);
    }

    private static ProblemDetail problem(HttpStatus status, String type, String title, RuntimeException e) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, Objects.toString(e.getMessage(), title));
        problem.setType(URI.create(TYPE + type));
        problem.setTitle(title);
        return problem;
    }
}
