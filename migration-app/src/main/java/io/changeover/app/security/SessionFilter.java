package io.changeover.app.security;

import io.changeover.app.security.People.Person;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Holds each request of a session to what is true now: a session is over after its time, and when its person is let in no
 * more or has another password; roles are those of today; and whoever must choose a password gets to do nothing else.
 */
final class SessionFilter extends OncePerRequestFilter {

    static final String SIGN_IN = "/console/sign-in";
    static final String SIGN_OUT = "/console/sign-out";
    static final String PASSWORD = "/console/password";

    /** Session attribute with the instant at which somebody has signed in. */
    static final String SINCE = SessionFilter.class.getName() + ".since";

    private static final Set<String> OPEN = Set.of(SIGN_IN, SIGN_OUT, PASSWORD);

    private final People people;
    private final Clock clock;
    private final Duration longest;

    SessionFilter(People people, Clock clock, Duration longest) {
        this.people = people;
        this.clock = clock;
        this.longest = longest;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Authentication signedIn = SecurityContextHolder.getContext().getAuthentication();
        HttpSession session = request.getSession(false);
        if (signedIn == null || session == null || isAsset(request)) {
            chain.doFilter(request, response);
            return;
        }
        if (session.getAttribute(SINCE) instanceof Instant since
                && clock.instant().isAfter(since.plus(longest))) {
            end(session);
        } else if (signedIn.getPrincipal() instanceof LocalPerson remembered) {
            Person person = people.byName(remembered.getUsername()).orElse(null);
            if (person == null || person.disabled() || !remembered.hasPasswordOf(person)) {
                end(session);
            } else if (person.mustChange() && !OPEN.contains(path(request))) {
                response.sendRedirect(request.getContextPath() + PASSWORD);
                return;
            } else {
                grant(remembered, person);
            }
        }
        chain.doFilter(request, response);
    }

    private static void end(HttpSession session) {
        session.invalidate();
        SecurityContextHolder.clearContext();
    }

    /** For this request only: the session keeps whom it is of, and the roles are asked for each time. */
    private static void grant(LocalPerson remembered, Person person) {
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(
                UsernamePasswordAuthenticationToken.authenticated(remembered, null, Role.authorities(person.roles())));
        SecurityContextHolder.setContext(context);
    }

    private static boolean isAsset(HttpServletRequest request) {
        return path(request).startsWith("/console/assets/") || path(request).startsWith("/webjars/");
    }

    private static String path(HttpServletRequest request) {
        return request.getRequestURI().substring(request.getContextPath().length());
    }
}
