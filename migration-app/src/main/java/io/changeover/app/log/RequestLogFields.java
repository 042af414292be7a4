package io.changeover.app.log;

import io.changeover.trace.LogFields;
import io.changeover.view.VersionId;
import io.changeover.view.Versions;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.AsyncHandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/** Names the view, and the version, that a request's address names, in all that is logged for it. */
final class RequestLogFields implements AsyncHandlerInterceptor {

    private static final String FIELDS = RequestLogFields.class.getName();

    private final Versions versions;

    RequestLogFields(Versions versions) {
        this.versions = versions;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        LogFields fields = fields(request);
        if (fields != null) {
            request.setAttribute(FIELDS, fields);
        }
        return true;
    }

    /** What is not declared is what somebody has typed, and goes into no log. */
    private @Nullable LogFields fields(HttpServletRequest request) {
        if (!(request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables)
                || !(variables.get("view") instanceof String view)
                || !versions.views().contains(view)) {
            return null;
        }
        String number = String.valueOf(variables.get("version"));
        return number.matches("\\d{1,6}")
                ? LogFields.of(new VersionId(view, Integer.parseInt(number)))
                : LogFields.ofView(view);
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception failure) {
        close(request);
    }

    /** The thread goes back to its pool, and another one ends the request. */
    @Override
    public void afterConcurrentHandlingStarted(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        close(request);
    }

    private static void close(HttpServletRequest request) {
        if (request.getAttribute(FIELDS) instanceof LogFields fields) {
            request.removeAttribute(FIELDS);
            fields.close();
        }
    }
}
