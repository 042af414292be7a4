package io.changeover.app.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingRequestWrapper;

/** Stops reading a body that grows beyond any sensible request, whatever length it announced. */
@Component
final class BodyLimitFilter extends OncePerRequestFilter {

    static final int LIMIT_BYTES = 16 * 1024;

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getRequestURI().startsWith("/api/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(
                new ContentCachingRequestWrapper(request, LIMIT_BYTES) {
                    @Override
                    protected void handleContentOverflow(int limit) {
                        throw new BodyTooLargeException(limit);
                    }
                },
                response);
    }
}
