package io.changeover.app.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

/** Has whoever guesses wait before a password is looked at, which costs time. */
final class SignInThrottleFilter extends OncePerRequestFilter {

    private final SignInThrottle throttle;
    private final AccessAttempts counts;
    private final RequestMatcher attempts;
    private final String page;

    /**
     * @param attempts requests that try a password
     * @param page what is shown to whoever must wait
     */
    SignInThrottleFilter(SignInThrottle throttle, AccessAttempts counts, RequestMatcher attempts, String page) {
        this.throttle = throttle;
        this.counts = counts;
        this.attempts = attempts;
        this.page = page;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!attempts.matches(request)) {
            chain.doFilter(request, response);
            return;
        }
        Optional<Duration> wait = throttle.attempt(name(request), request.getRemoteAddr());
        if (wait.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        counts.count(AccessAttempts.Outcome.SLOWED_DOWN);
        response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
        response.setHeader(
                HttpHeaders.RETRY_AFTER,
                Long.toString(wait.get().plusMillis(999).toSeconds()));
        request.getRequestDispatcher(page).forward(request, response);
    }

    /** Who it is that tries: by the form, or whoever is signed in and proves it again. */
    private static String name(HttpServletRequest request) {
        SignedIn caller = SignedIn.current();
        String given = request.getParameter("username");
        return caller != null ? caller.name() : given == null ? "" : given;
    }
}
