package io.changeover.console;

import io.changeover.app.ChangeoverApplication;
import io.changeover.app.security.People;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.security.crypto.password.PasswordEncoder;

/** The application with the example's domain in this process, and people of each role: {@code viewer}, {@code operator}, … */
public final class ConsoleServer implements AutoCloseable {

    /** The password of everybody. */
    public static final String PASSWORD = "correct horse battery staple";

    /** What a program sends to be let in. */
    public static final String TOKEN = "a-token-for-tests-of-forty-three-characters";

    private final ConfigurableApplicationContext context;

    private ConsoleServer(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Starts it on the database, with its files in the folder. */
    public static ConsoleServer start(
            TestDatabase database, Path folder, Map<String, String> settings, Class<?>... configurations) {
        Map<String, Object> all = new TreeMap<>(Map.of(
                "server.port",
                "0",
                "spring.datasource.url",
                database.url(),
                "spring.datasource.username",
                database.user(),
                "spring.datasource.password",
                database.password(),
                "spring.autoconfigure.exclude",
                TestNode.WITHOUT_JPA,
                "changeover.data-folder",
                folder.toString(),
                "changeover.api.token",
                TOKEN,
                "changeover.reconcile.enabled",
                "false",
                "orders.import.enabled",
                "false",
                "orders.traffic.enabled",
                "false"));
        all.put("axon.axonserver.enabled", "false");
        all.put("changeover.serving.time-limit", "5m"); // no machine is so slow
        all.put("logging.level.root", "WARN");
        all.putAll(settings);
        ConfigurableApplicationContext context = new SpringApplicationBuilder(ChangeoverApplication.class)
                .sources(configurations)
                // As arguments, since what the application's own file says comes before default properties.
                .run(all.entrySet().stream()
                        .map(setting -> "--%s=%s".formatted(setting.getKey(), setting.getValue()))
                        .toArray(String[]::new));
        People people = context.getBean(People.class);
        String hash = context.getBean(PasswordEncoder.class).encode(PASSWORD);
        for (String role : Set.of("viewer", "operator", "approver", "admin")) {
            if (!people.add(new People.Person(role, hash, Set.of(role), false, false), "test")) {
                people.changePassword(role, hash, false, "test"); // the first administrator is there from the start
            }
        }
        return new ConsoleServer(context);
    }

    /** The address of a page. */
    public String address(String path) {
        return "http://127.0.0.1:%s%s".formatted(context.getEnvironment().getProperty("local.server.port"), path);
    }

    /** The bean of the type. */
    public <T> T get(Class<T> type) {
        return context.getBean(type);
    }

    /** Everything of that type. */
    <T> Collection<T> all(Class<T> type) {
        return context.getBeansOfType(type).values();
    }

    @Override
    public void close() {
        context.close();
    }
}
