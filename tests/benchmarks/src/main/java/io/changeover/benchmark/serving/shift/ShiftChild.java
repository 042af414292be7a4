package io.changeover.benchmark.serving.shift;

import io.changeover.benchmark.replay.store.Database;
import io.changeover.benchmark.serving.read.InvoiceBoard;
import io.changeover.benchmark.serving.read.ServingNode;
import io.changeover.serving.Reader;
import io.changeover.serving.Router;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * One node in a process of its own. It is told on its standard input, a line each: {@code prepare}, {@code read},
 * {@code shift PERCENT}, {@code rollback} and {@code stop}, and answers each on its standard output: {@code up} at first,
 * {@code prepared}, {@code reading}, {@code decided SEQUENCE SENT ANSWERED} with times in nanoseconds since the epoch,
 * and {@code read COUNT FAILED} with the reason of the last failure.
 */
public final class ShiftChild {

    private static final int SETTINGS_FROM = 7;
    private static final long SECOND_NANOS = 1_000_000_000;

    private final ServingNode node;
    private final Clock clock;
    private final ShiftReaders readers;
    private final int threads;
    private final long seed;
    private final Path file;

    private ShiftChild(ServingNode node, long rows, int threads, int rate, long seed, Path file) {
        this.node = node;
        this.clock = node.get(Clock.class);
        this.readers = new ShiftReaders(node.get(InvoiceBoard.class), clock, rows, rate);
        this.threads = threads;
        this.seed = seed;
        this.file = file;
    }

    /** Arguments: JDBC address, user, name, rows, threads, reads a second of each, file, and properties as NAME=VALUE. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Database store = new Database("", arguments[0], arguments[1]);
        String name = arguments[2];
        Map<String, String> properties = new TreeMap<>();
        for (int i = SETTINGS_FROM; i < arguments.length; i++) {
            int separator = arguments[i].indexOf('=');
            properties.put(arguments[i].substring(0, separator), arguments[i].substring(separator + 1));
        }
        try (ServingNode node = ServingNode.start(store, name, properties);
                BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            ShiftChild child = new ShiftChild(
                    node,
                    Long.parseLong(arguments[3]),
                    Integer.parseInt(arguments[4]),
                    Integer.parseInt(arguments[5]),
                    name.hashCode(),
                    Path.of(arguments[6]));
            tell("up");
            String line = lines.readLine();
            while (line != null && child.hear(line.split(" "))) {
                line = lines.readLine();
            }
        }
    }

    /** Does what it is told; false when that was the last. */
    private boolean hear(String[] words) throws IOException, InterruptedException {
        switch (words[0]) {
            case "prepare" -> {
                node.prepare();
                tell("prepared");
            }
            case "read" -> {
                readers.start(threads, seed);
                tell("reading");
            }
            case "shift" -> decide(() -> node.shift(Integer.parseInt(words[1])));
            case "rollback" -> decide(node::rollBack);
            case "stop" -> {
                readers.stop(file);
                tell("read %d %d%s".formatted(readers.count(), readers.failed(), readers.failure()));
                return false;
            }
            default -> throw new IllegalArgumentException("'%s' means nothing to a node".formatted(words[0]));
        }
        return true;
    }

    private void decide(Runnable command) {
        long sent = now();
        command.run();
        long answered = now();
        long sequence = node.get(Router.class)
                .explain(InvoiceBoard.VIEW, Reader.of(null))
                .sequence();
        tell("decided %d %d %d".formatted(sequence, sent, answered));
    }

    private long now() {
        Instant now = clock.instant();
        return now.getEpochSecond() * SECOND_NANOS + now.getNano();
    }

    private static void tell(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
