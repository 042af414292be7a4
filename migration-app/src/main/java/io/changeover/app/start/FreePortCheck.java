package io.changeover.app.start;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/**
 * Looks for the HTTP port before anything else starts. The web server itself takes it last, when the database runs and
 * views are being built already.
 */
public final class FreePortCheck implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    /** @throws PortInUseException when another process listens on the port */
    @Override
    public void initialize(ConfigurableApplicationContext context) {
        Environment environment = context.getEnvironment();
        int port = environment.getProperty("server.port", Integer.class, 8080);
        if (port <= 0) {
            return;
        }
        try (ServerSocket probe = new ServerSocket()) {
            // A port that a client of the last run still holds on to is free for a server.
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(environment.getProperty("server.address", "127.0.0.1"), port));
        } catch (BindException e) {
            throw new PortInUseException(port, e);
        } catch (IOException e) {
            // An address that cannot be bound at all is the web server's to report.
        }
    }
}
