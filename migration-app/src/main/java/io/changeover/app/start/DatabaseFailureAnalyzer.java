package io.changeover.app.start;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Says why the configured database does not let the application in. Codes are those of PostgreSQL, appendix A of its
 * manual.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class DatabaseFailureAnalyzer implements FailureAnalyzer {

    private static final String CONNECTION = "08";
    private static final String AUTHORISATION = "28";
    private static final String UNKNOWN_DATABASE = "3D";

    private final Environment environment;

    DatabaseFailureAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof SQLException sql && sql.getSQLState() != null) {
                FailureAnalysis analysis = analyze(sql, sql.getSQLState().substring(0, 2));
                if (analysis != null) {
                    return analysis;
                }
            }
        }
        return null;
    }

    private @Nullable FailureAnalysis analyze(SQLException cause, String codeClass) {
        String url = url();
        return switch (codeClass) {
            case CONNECTION ->
                new FailureAnalysis(
                        "Database '%s' must answer but does not: %s".formatted(url, sentence(cause)),
                        "Start that server or correct spring.datasource.url; without that property the application brings its own PostgreSQL.",
                        cause);
            case AUTHORISATION ->
                new FailureAnalysis(
                        "Database '%s' must accept user '%s' but refuses: %s".formatted(url, user(), sentence(cause)),
                        "Correct spring.datasource.username and spring.datasource.password, or let the user in by the server's pg_hba.conf.",
                        cause);
            case UNKNOWN_DATABASE ->
                new FailureAnalysis(
                        "Database '%s' must exist but does not: %s".formatted(url, sentence(cause)),
                        "Create the database or correct spring.datasource.url.",
                        cause);
            default -> null;
        };
    }

    private String url() {
        String url = environment.getProperty("spring.datasource.url", "embedded");
        // Parameters may hold a password.
        return url.replaceFirst("\\?.*", "");
    }

    private String user() {
        return environment.getProperty("spring.datasource.username", "");
    }

    private static String sentence(SQLException cause) {
        String message = String.valueOf(cause.getMessage()).strip().replaceAll("\\s+", " ");
        return message.endsWith(".") ? message : message + ".";
    }
}
