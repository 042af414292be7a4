package io.changeover.benchmark.bench;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every benchmark can be told that has a server of its own and runs this engine's application on it. */
public final class ServerOptions {

    @Option(names = "--seed", defaultValue = "1", description = "Decides what is stored and written: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--data", description = "Folder of the server, kept; a new one that is deleted by default.")
    private @Nullable Path data;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "Property of this engine's application; repeatable.")
    private Map<String, String> settings = new TreeMap<>();

    @Option(names = "--postgres", paramLabel = "NAME=VALUE", description = "Setting of the server; repeatable.")
    private Map<String, String> postgres = new TreeMap<>();

    /** What decides what is stored and written. */
    public long seed() {
        return seed;
    }

    /** Folder of the server's data, or null for a new one. */
    public @Nullable Path data() {
        return data;
    }

    /** Properties of the application. */
    public Map<String, String> settings() {
        return settings;
    }

    /** Settings of the server. */
    public Map<String, String> postgres() {
        return postgres;
    }
}
