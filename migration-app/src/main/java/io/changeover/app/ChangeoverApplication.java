package io.changeover.app;

import io.changeover.app.start.FreePortCheck;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;

/** Runs the views, the HTTP API and, where no other is configured, the database. */
@SpringBootApplication(exclude = UserDetailsServiceAutoConfiguration.class)
public class ChangeoverApplication {

    /** Starts the application; what stops it from starting is printed, and the exit code is 1. */
    public static void main(String[] arguments) {
        // Both can only be said by system properties: the first is an advertisement, the second would phone home.
        System.setProperty("disable-axoniq-console-message", "true");
        System.setProperty("axoniq.update-checker.disabled", "true");
        try {
            SpringApplication application = new SpringApplication(ChangeoverApplication.class);
            application.addInitializers(new FreePortCheck());
            application.run(arguments);
        } catch (RuntimeException reportedBySpring) {
            System.exit(1);
        }
    }
}
