package io.changeover.app.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.util.UrlPathHelper;

/**
 * Recognises whoever holds a token that was issued here, and keeps it to its views. One that is good no more is refused
 * even where none is needed: who sends it relies on being known.
 */
final class AccessTokenFilter extends OncePerRequestFilter {

    private final KnownTokens tokens;
    private final AccessAttempts attempts;
    private final HandlerExceptionResolver problems;

    AccessTokenFilter(KnownTokens tokens, AccessAttempts attempts, HandlerExceptionResolver problems) {
        this.tokens = tokens;
        this.attempts = attempts;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<String> sent = BearerToken.of(request).filter(TokenSecret::isOne);
        if (sent.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        Optional<KnownTokens.Holder> holder = tokens.holder(new TokenSecret(sent.get()));
        if (holder.isEmpty()) {
            attempts.count(AccessAttempts.Outcome.TOKEN_REFUSED);
            problems.resolveException(request, response, null, new BadCredentialsException("the token is not good"));
            return;
        }
        SignedIn.grant(holder.get().name(), holder.get().roles(), holder.get().views());
        try {
            ViewScope.requireAddress(
                    request.getMethod(), UrlPathHelper.defaultInstance.getPathWithinApplication(request));
        } catch (AccessDeniedException e) {
            problems.resolveException(request, response, null, e);
            return;
        }
        chain.doFilter(request, response);
    }
}
