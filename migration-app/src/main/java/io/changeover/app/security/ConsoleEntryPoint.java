package io.changeover.app.security;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;

/** Sends to the sign-in page; a part of a page that is refreshed takes its whole page there. */
final class ConsoleEntryPoint implements AuthenticationEntryPoint {

    /** Header by which htmx says that it asks for a part of a page. */
    static final String PART = "HX-Request";

    private final AuthenticationEntryPoint page = new LoginUrlAuthenticationEntryPoint(SessionFilter.SIGN_IN);

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException problem)
            throws IOException, ServletException {
        if (request.getHeader(PART) == null) {
            page.commence(request, response, problem);
        } else {
            response.setHeader("HX-Redirect", request.getContextPath() + SessionFilter.SIGN_IN);
            response.setStatus(HttpStatus.UNAUTHORIZED.value());
        }
    }
}
