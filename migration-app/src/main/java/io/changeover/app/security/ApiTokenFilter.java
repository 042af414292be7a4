package io.changeover.app.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Recognises an operator by the token. Whether one is needed is decided where the addresses are known. */
final class ApiTokenFilter extends OncePerRequestFilter {

    private final ApiToken token;

    ApiTokenFilter(ApiToken token) {
        this.token = token;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (BearerToken.of(request).filter(token::matches).isPresent()) {
            SignedIn.grantShared("operator", Role.ADMIN);
        }
        chain.doFilter(request, response);
    }
}
