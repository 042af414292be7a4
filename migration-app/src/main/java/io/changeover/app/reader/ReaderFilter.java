package io.changeover.app.reader;

import io.changeover.serving.ReaderContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Runs each request in the context of the reader that its header names. */
@Component
final class ReaderFilter extends OncePerRequestFilter {

    static final String HEADER = "X-Changeover-Reader";

    private static final int MAX_LENGTH = 200;

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Exception failure = ReaderContext.call(key(request.getHeader(HEADER)), () -> {
            try {
                chain.doFilter(request, response);
                return null;
            } catch (ServletException | IOException e) {
                return e;
            }
        });
        if (failure instanceof ServletException e) {
            throw e;
        }
        if (failure instanceof IOException e) {
            throw e;
        }
    }

    private static @Nullable String key(@Nullable String header) {
        return header == null || header.isBlank() || header.length() > MAX_LENGTH ? null : header;
    }
}
