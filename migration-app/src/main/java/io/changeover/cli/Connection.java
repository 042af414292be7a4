package io.changeover.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;
import tools.jackson.databind.JsonNode;

/** Options that every command shares: which server, who asks, and how the answer is printed. */
final class Connection {

    enum Output {
        table,
        json
    }

    @Spec(Target.MIXEE)
    @Nullable
    CommandSpec spec;

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "Address of the server (default: $CHANGEOVER_SERVER or http://127.0.0.1:8080).")
    @Nullable
    String server;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description =
                    "API token (default: $CHANGEOVER_TOKEN or the file api-token in $CHANGEOVER_DATA_FOLDER). Other users of this machine can see an option, so prefer the variable.")
    @Nullable
    String token;

    @Option(
            names = "--output",
            paramLabel = "FORM",
            defaultValue = "table",
            description = "table or json (default: table).")
    Output output = Output.table;

    private final Map<String, String> environment;

    Connection(Map<String, String> environment) {
        this.environment = environment;
    }

    ApiClient client() {
        return new ApiClient(uri(), findToken(), environment.getOrDefault("USER", ""));
    }

    /** Prints the server's answer in the form that was asked for. */
    int print(JsonNode answer, Function<JsonNode, String> words) {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.println(output == Output.json ? answer.toPrettyString() : words.apply(answer));
        out.flush();
        return ExitCode.OK;
    }

    private URI uri() {
        String address =
                server != null ? server : environment.getOrDefault("CHANGEOVER_SERVER", "http://127.0.0.1:8080");
        if (!address.matches("https?://[^\\s/]+/?")) {
            throw invalid(
                    "Server '%s' must be an address such as http://127.0.0.1:8080; correct --server or CHANGEOVER_SERVER"
                            .formatted(address));
        }
        return URI.create(address);
    }

    private String findToken() {
        if (token != null) {
            return token.strip();
        }
        String given = environment.getOrDefault("CHANGEOVER_TOKEN", "");
        if (!given.isBlank()) {
            return given.strip();
        }
        Path file = Path.of(environment.getOrDefault("CHANGEOVER_DATA_FOLDER", "changeover-data"), "api-token");
        if (!Files.exists(file)) {
            return "";
        }
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw invalid(
                    "Token file '%s' must be readable but is not; run as the user who runs the server, or set CHANGEOVER_TOKEN"
                            .formatted(file));
        }
    }

    private ParameterException invalid(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }
}
