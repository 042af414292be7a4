package io.changeover.app.api;

import io.changeover.operation.DryRun;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Marks a request as a dry run, and lets none through to a handler that would do it. */
final class DryRunInterceptor implements HandlerInterceptor {

    static final String PARAMETER = "dryRun";

    private static final String RUN = DryRunInterceptor.class.getName();
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    /** The dry run that the request of this thread is, or null when it is none. */
    static @Nullable DryRun current() {
        RequestAttributes request = RequestContextHolder.getRequestAttributes();
        return request == null ? null : (DryRun) request.getAttribute(RUN, RequestAttributes.SCOPE_REQUEST);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        String[] asked = request.getParameterValues(PARAMETER);
        if (asked == null || READING.contains(request.getMethod())) {
            return true;
        }
        if (asked.length != 1 || !asked[0].matches("true|false")) {
            throw new InvalidRequestException(
                    "invalid-field",
                    "Parameter 'dryRun' is '%s' but must be true or false; correct it"
                            .formatted(String.join("', '", asked)));
        }
        if (asked[0].equals("false")) {
            return true;
        }
        if (!(handler instanceof HandlerMethod method) || !method.hasMethodAnnotation(TakesDryRun.class)) {
            throw new InvalidRequestException(
                    "no-dry-run",
                    "%s %s has no dry run, and nothing was done; leave dryRun out to have it done"
                            .formatted(request.getMethod(), request.getRequestURI()));
        }
        request.setAttribute(RUN, new DryRun());
        return true;
    }
}
