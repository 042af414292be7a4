package io.changeover.app.security;

import io.changeover.consumer.ConsumerCatalogue;
import io.changeover.consumer.ConsumerToken;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Recognises a declared consumer by its token. What it may do is decided where the addresses are known. */
final class ConsumerTokenFilter extends OncePerRequestFilter {

    private final ConsumerCatalogue catalogue;

    ConsumerTokenFilter(ConsumerCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (SecurityContextHolder.getContext().getAuthentication() == null) {
            BearerToken.of(request)
                    .flatMap(token -> catalogue.authenticate(new ConsumerToken(token)))
                    .ifPresent(consumer -> SignedIn.grant(consumer.name(), Set.of(Role.CONSUMER.word())));
        }
        chain.doFilter(request, response);
    }
}
