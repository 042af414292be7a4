package io.changeover.app.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Keeps who asked for what that changes something and is neither an event of a changeover nor kept elsewhere, such as to
 * retry a dead letter. It is kept before it is done, so that nothing is done of which nobody knows; what came of it, the
 * thing itself tells.
 */
@Configuration(proxyBeanMethods = false)
class ActionTrail implements WebMvcConfigurer, HandlerInterceptor {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final int LONGEST_SUBJECT = 200;

    private final AccessTrail trail;

    ActionTrail(AccessTrail trail) {
        this.trail = trail;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this)
                .addPathPatterns("/api/**", "/console/**")
                // These are events, or entries of their own.
                .excludePathPatterns(
                        "/api/changeovers",
                        "/api/changeovers/**",
                        "/api/people/**",
                        "/api/tokens/**",
                        "/console/changeovers/**",
                        "/console/sign-in",
                        "/console/sign-out",
                        "/console/password",
                        "/console/refused",
                        "/console/slow-down");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!READING.contains(request.getMethod()) && !"true".equals(request.getParameter("dryRun"))) {
            String subject = request.getMethod() + " "
                    + request.getRequestURI().substring(request.getContextPath().length());
            trail.add(
                    Asked.request("", request.getHeader("X-Changeover-Actor")).actor(),
                    "asked",
                    subject.length() <= LONGEST_SUBJECT ? subject : subject.substring(0, LONGEST_SUBJECT),
                    "");
        }
        return true;
    }
}
