package io.changeover.app.demo;

import io.changeover.operation.Operations;
import io.changeover.terminal.Progress;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("changeover.demo.enabled")
@EnableConfigurationProperties(DemoProperties.class)
class DemoConfiguration {

    /** After a domain's own runners, which bring the history in. */
    private static final int AFTER_THE_DOMAIN = 1000;

    private static final int BEFORE_THE_DOMAIN = -1000;

    @Bean
    @Order(BEFORE_THE_DOMAIN)
    ApplicationRunner demoBeginning(Environment environment) {
        Teller teller = teller(environment);
        return arguments -> teller.say(
                "started", "after %s; the domain now brings its history in.", Progress.duration(sinceStart()));
    }

    @Bean
    @Order(AFTER_THE_DOMAIN)
    ApplicationRunner demonstration(Operations operations, DemoProperties properties, Environment environment) {
        return arguments -> {
            Teller teller = teller(environment);
            String server = "http://127.0.0.1:" + environment.getRequiredProperty("local.server.port");
            new Demonstration(
                            operations,
                            new HttpSampleReads(URI.create(server + properties.samplePath()), properties.view()),
                            teller,
                            properties.view(),
                            properties.to())
                    .run();
            teller.say("finished", "%s after the start.", Progress.duration(sinceStart()));
            teller.print(
                    next(server, properties, environment.getProperty("changeover.data-folder", "changeover-data")));
        };
    }

    private static Teller teller(Environment environment) {
        return new Teller(System.out, environment.containsProperty("CHANGEOVER_TERMINAL"));
    }

    private static Duration sinceStart() {
        return Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
    }

    private static String next(String server, DemoProperties properties, String dataFolder) {
        String option = server.endsWith(":8080") ? "" : " --server " + server;
        return """

                The console is at %1$s/console; the first start has printed the password of 'admin'.
                The application stays up at %1$s and new orders keep coming in. In another terminal:
                  bin/changeover views%2$s
                  bin/changeover status %3$s%2$s
                  bin/changeover compare sales-fact 1 2%2$s
                  bin/changeover rollback %3$s%2$s
                  curl -i -H 'X-Changeover-Reader: ada' '%1$s%4$s'
                  curl -H "Authorization: Bearer $(cat %5$s/api-token)" %1$s/api/views/%3$s
                The log is %5$s/changeover.log. Ctrl-C stops the application and its database; the data stays."""
                .formatted(server, option, properties.view(), properties.samplePath(), dataFolder);
    }
}
