package io.changeover.app.api;

import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/** Makes problem details; the type is the part that stays as it is when wording improves. */
final class Problems {

    private static final String TYPE = "urn:changeover:problem:";

    private Problems() {}

    /**
     * @param type short stable name
     * @param detail sentence with the value, the rule and the remedy
     */
    static ProblemDetail of(HttpStatus status, String type, String title, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create(TYPE + type));
        problem.setTitle(title);
        return problem;
    }
}
