package io.changeover.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Options of every command that asks a server: which one, and who asks. */
class ServerOptions {

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

    private final Map<String, String> environment;

    ServerOptions(Map<String, String> environment) {
        this.environment = environment;
    }

    ApiClient client() {
        return new ApiClient(uri(), findToken(), environment.getOrDefault("USER", ""));
    }

    /** Whether somebody sits before it, to whom progress can be shown. */
    boolean isTerminal() {
        return environment.containsKey("CHANGEOVER_TERMINAL");
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
