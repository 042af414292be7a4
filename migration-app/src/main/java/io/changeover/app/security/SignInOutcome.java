package io.changeover.app.security;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.authentication.SimpleUrlAuthenticationFailureHandler;
import org.springframework.security.web.authentication.logout.LogoutHandler;

/** What follows when somebody is let in, is not, or leaves: the trail, the throttle, and where they go. */
final class SignInOutcome extends SavedRequestAwareAuthenticationSuccessHandler
        implements AuthenticationFailureHandler, LogoutHandler {

    private static final String UNKNOWN = "(an unknown name)";
    private static final String ELSEWHERE = "(a provider's person)";
    private static final int LONGEST_NAME = 100;

    private final AccessTrail trail;
    private final People people;
    private final SignInThrottle throttle;
    private final Clock clock;
    private final AccessAttempts attempts;
    private final SimpleUrlAuthenticationFailureHandler failed =
            new SimpleUrlAuthenticationFailureHandler(SessionFilter.SIGN_IN + "?failed");

    private final SimpleUrlAuthenticationFailureHandler failedElsewhere =
            new SimpleUrlAuthenticationFailureHandler(SessionFilter.SIGN_IN + "?provider");

    SignInOutcome(AccessTrail trail, People people, SignInThrottle throttle, Clock clock, AccessAttempts attempts) {
        this.trail = trail;
        this.people = people;
        this.throttle = throttle;
        this.clock = clock;
        this.attempts = attempts;
        setDefaultTargetUrl("/console");
    }

    @Override
    public void onAuthenticationSuccess(
            HttpServletRequest request, HttpServletResponse response, Authentication authentication)
            throws ServletException, IOException {
        String name = authentication.getName();
        throttle.succeeded(name, request.getRemoteAddr());
        request.getSession().setAttribute(SessionFilter.SINCE, clock.instant());
        attempts.count(AccessAttempts.Outcome.SIGNED_IN);
        trail.add(name, "signed in", name, "from " + request.getRemoteAddr());
        super.onAuthenticationSuccess(request, response, authentication);
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException problem)
            throws IOException, ServletException {
        boolean elsewhere = problem instanceof OAuth2AuthenticationException;
        String name = elsewhere ? ELSEWHERE : known(request.getParameter("username"));
        attempts.count(AccessAttempts.Outcome.SIGN_IN_FAILED);
        trail.add(name, "sign-in failed", name, "from " + request.getRemoteAddr());
        (elsewhere ? failedElsewhere : failed).onAuthenticationFailure(request, response, problem);
    }

    /** A name that nobody has may be a password that was typed into the wrong field. */
    private String known(@Nullable String name) {
        return name != null
                        && name.length() <= LONGEST_NAME
                        && people.byName(name).isPresent()
                ? name
                : UNKNOWN;
    }

    @Override
    public void logout(
            HttpServletRequest request, HttpServletResponse response, @Nullable Authentication authentication) {
        if (authentication != null) {
            String name = authentication.getName();
            trail.add(name, "signed out", name, "");
        }
    }
}
