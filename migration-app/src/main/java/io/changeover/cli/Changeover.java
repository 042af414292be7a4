package io.changeover.cli;

import io.changeover.app.ChangeoverApplication;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

/** Where the program begins: {@code serve} and {@code demo} run the application, everything else is the client. */
public final class Changeover {

    private Changeover() {}

    /** Runs what the first argument names; the rest belongs to that. */
    public static void main(String[] arguments) {
        String verb = arguments.length == 0 ? "" : arguments[0];
        if (verb.equals("serve") || verb.equals("demo")) {
            Stream<String> rest = Arrays.stream(arguments).skip(1);
            Stream<String> demo = verb.equals("demo") ? Stream.of("--changeover.demo.enabled=true") : Stream.empty();
            ChangeoverApplication.main(Stream.concat(demo, rest).toArray(String[]::new));
        } else {
            System.exit(ChangeoverCommand.run(Map.copyOf(System.getenv()), arguments));
        }
    }
}
