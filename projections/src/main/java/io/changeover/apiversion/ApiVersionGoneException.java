package io.changeover.apiversion;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** An API version is not answered any more, since the view version that it shows has had its sunset; no retry helps. */
public final class ApiVersionGoneException extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    private final String apiVersion;
    private final String viewVersion;
    private final Instant sunsetAt;
    private final @Nullable String successor;
    private final @Nullable String link;

    ApiVersionGoneException(
            String apiVersion,
            String viewVersion,
            Instant sunsetAt,
            @Nullable String successor,
            @Nullable String link) {
        super(HttpStatus.GONE, problem(apiVersion, viewVersion, sunsetAt, successor, link), null);
        this.apiVersion = apiVersion;
        this.viewVersion = viewVersion;
        this.sunsetAt = sunsetAt;
        this.successor = successor;
        this.link = link;
    }

    /** The version that was asked. */
    public String apiVersion() {
        return apiVersion;
    }

    /** The view version that it shows, such as {@code order-board@1}. */
    public String viewVersion() {
        return viewVersion;
    }

    /** When it ended. */
    public Instant sunsetAt() {
        return sunsetAt;
    }

    /** The API version to ask instead, or null where none shows the successor. */
    public @Nullable String successor() {
        return successor;
    }

    /** Address of a page for those who must move, or null. */
    public @Nullable String link() {
        return link;
    }

    private static ProblemDetail problem(
            String apiVersion,
            String viewVersion,
            Instant sunsetAt,
            @Nullable String successor,
            @Nullable String link) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(
                HttpStatus.GONE,
                "API version '%s' shows %s, which ended at %s, and is not answered any more; %s%s"
                        .formatted(
                                apiVersion,
                                viewVersion,
                                sunsetAt,
                                successor == null
                                        ? "no other version shows its successor here, so ask its operator"
                                        : "ask version '%s' instead".formatted(successor),
                                link == null ? "" : ", and see " + link));
        problem.setType(URI.create("urn:changeover:problem:api-version-gone"));
        problem.setTitle("API version gone");
        problem.setProperty("apiVersion", apiVersion);
        problem.setProperty("viewVersion", viewVersion);
        problem.setProperty("sunsetAt", sunsetAt.toString());
        if (successor != null) {
            problem.setProperty("successorApiVersion", successor);
        }
        if (link != null) {
            problem.setProperty("link", link);
        }
        return problem;
    }
}
