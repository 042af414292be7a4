package io.changeover.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Shows how backfills are held back on one node, and changes it. */
@Command(
        name = "throttle",
        mixinStandardHelpOptions = true,
        description = {
            "Shows how backfills are held back beside live traffic; with options changes the limits while they run.",
            "Each node has its own throttle: name another node with --server. A change lasts until the node stops. 'off' switches a limit off."
        },
        usageHelpAutoWidth = true)
final class ThrottleCommand implements Callable<Integer> {

    private static final String PATH = "/api/throttle";
    private static final String OFF = "off";
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,15})([KMG]?)B?");

    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    @Nullable
    Connection connection;

    @Mixin
    @Nullable
    DryRun dryRun;

    @Option(names = "--stop", description = "Let backfills rest until --go.")
    boolean stop;

    @Option(names = "--go", description = "Let backfills go on after --stop.")
    boolean go;

    @Option(names = "--workers", paramLabel = "N", description = "Workers that may be busy at once.")
    @Nullable
    Integer workers;

    @Option(names = "--rate", paramLabel = "N", description = "Events in a second, for all backfills of the node.")
    @Nullable
    String rate;

    @Option(
            names = "--live-latency",
            paramLabel = "TIME",
            description = "What 95 of 100 appends may take, such as 50ms.")
    @Nullable
    String liveLatency;

    @Option(
            names = "--live-latency-ratio",
            paramLabel = "R",
            description = "How many times as long as undisturbed appends may take, such as 1.1.")
    @Nullable
    String liveLatencyRatio;

    @Option(names = "--live-lag", paramLabel = "N", description = "Events that a live version may be behind.")
    @Nullable
    String liveLag;

    @Option(
            names = "--connection-wait",
            paramLabel = "TIME",
            description = "How long the pool may take to give a connection.")
    @Nullable
    String connectionWait;

    @Option(
            names = "--replication-lag",
            paramLabel = "SIZE",
            description = "How much a standby may be behind, such as 64MB.")
    @Nullable
    String replicationLag;

    @Option(names = "--replication-delay", paramLabel = "TIME", description = "How long a standby may be behind.")
    @Nullable
    String replicationDelay;

    @Override
    public Integer call() {
        Connection server = Objects.requireNonNull(connection);
        Map<String, Object> changes = changes();
        JsonNode status = changes.isEmpty()
                ? server.client().get(PATH)
                : server.client().patch(Objects.requireNonNull(dryRun).of(PATH), changes);
        return server.print(status, ShowThrottle::status);
    }

    private Map<String, Object> changes() {
        if (stop && go) {
            throw invalid("--stop and --go exclude each other; give one of them");
        }
        Map<String, Object> changes = new LinkedHashMap<>();
        if (stop || go) {
            changes.put("stopped", stop);
        }
        put(changes, "maxWorkers", workers);
        put(changes, "maxEventsPerSecond", whole("--rate", rate));
        put(changes, "liveLatency", time(liveLatency));
        put(changes, "liveLatencyRatio", ratio(liveLatencyRatio));
        put(changes, "liveLag", whole("--live-lag", liveLag));
        put(changes, "connectionWait", time(connectionWait));
        put(changes, "replicationLag", size(replicationLag));
        put(changes, "replicationDelay", time(replicationDelay));
        return changes;
    }

    private static void put(Map<String, Object> changes, String field, @Nullable Object value) {
        if (value != null) {
            changes.put(field, value);
        }
    }

    private @Nullable Long whole(String option, @Nullable String text) {
        if (text == null) {
            return null;
        }
        if (!text.matches("[0-9]{1,15}") && !text.equals(OFF)) {
            throw invalid("%s '%s' must be a whole number or 'off'; correct it".formatted(option, text));
        }
        return text.equals(OFF) ? 0 : Long.parseLong(text);
    }

    private @Nullable Double ratio(@Nullable String text) {
        if (text == null) {
            return null;
        }
        if (!text.matches("[0-9]{1,9}([.][0-9]{1,9})?") && !text.equals(OFF)) {
            throw invalid(
                    "--live-latency-ratio '%s' must be a number such as 1.1 or 'off'; correct it".formatted(text));
        }
        return text.equals(OFF) ? 0 : Double.parseDouble(text);
    }

    /** The server says what is wrong with a duration, since it knows more forms of it. */
    private static @Nullable String time(@Nullable String text) {
        return text == null || !text.equals(OFF) ? text : "0s";
    }

    private @Nullable Long size(@Nullable String text) {
        if (text == null) {
            return null;
        }
        Matcher size = SIZE.matcher(text.toUpperCase(Locale.ROOT));
        if (text.equals(OFF)) {
            return 0L;
        }
        if (!size.matches()) {
            throw invalid("--replication-lag '%s' must be a size such as 64MB or 'off'; correct it".formatted(text));
        }
        int shift = "KMG".indexOf(size.group(2)) + 1;
        return Long.parseLong(size.group(1)) << (size.group(2).isEmpty() ? 0 : 10 * shift);
    }

    private ParameterException invalid(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }
}
