package io.changeover.testkit;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A Kafka broker in a process of its own, which can be killed and started again on its data, and to which one of two ways
 * can be cut. It runs from the class path of the tests, with or without a Docker engine, and its ports stay what they are.
 * It ends with this JVM at the latest.
 */
public final class BrokerProcess implements AutoCloseable {

    private static final int LOWEST_PORT = 15_000;
    private static final int PORTS = 15_000;
    private static final int LOG_SHOWN = 4_000;
    private static final long STOP_SECONDS = 30;

    private final Path folder;
    private final int direct;
    private final CutProxy way;
    private final Thread atExit = new Thread(this::kill, "broker-process-end");
    private Process process;

    /** Starts one whose data and output are in the folder, and waits until it answers. */
    public BrokerProcess(Path folder) throws IOException {
        this.folder = folder;
        Set<Integer> taken = new HashSet<>();
        int controller = freePort(taken);
        int proxied = freePort(taken);
        this.direct = freePort(taken);
        this.way = new CutProxy(proxied);
        Path data = folder.resolve("data");
        Path settings = folder.resolve("server.properties");
        format(data);
        write(
                settings,
                Map.ofEntries(
                        Map.entry("process.roles", "broker,controller"),
                        Map.entry("node.id", "1"),
                        Map.entry("controller.quorum.voters", "1@127.0.0.1:" + controller),
                        Map.entry("controller.listener.names", "CONTROLLER"),
                        Map.entry("inter.broker.listener.name", "DIRECT"),
                        Map.entry(
                                "listener.security.protocol.map",
                                "CONTROLLER:PLAINTEXT,DIRECT:PLAINTEXT,PROXIED:PLAINTEXT"),
                        Map.entry(
                                "listeners",
                                "CONTROLLER://127.0.0.1:%d,DIRECT://127.0.0.1:%d,PROXIED://127.0.0.1:%d"
                                        .formatted(controller, direct, proxied)),
                        Map.entry(
                                "advertised.listeners",
                                "DIRECT://127.0.0.1:%d,PROXIED://127.0.0.1:%d".formatted(direct, way.port())),
                        Map.entry("log.dirs", data.toString()),
                        // Half of the heap by default, in one piece, which is not always there.
                        Map.entry("log.cleaner.dedupe.buffer.size", "8388608"),
                        // With one broker the first transaction would wait for others for ever.
                        Map.entry("transaction.state.log.replication.factor", "1"),
                        Map.entry("transaction.state.log.min.isr", "1"),
                        Map.entry("transaction.state.log.num.partitions", "1"),
                        Map.entry("offsets.topic.replication.factor", "1"),
                        Map.entry("offsets.topic.num.partitions", "1"),
                        Map.entry("group.initial.rebalance.delay.ms", "0"),
                        Map.entry("auto.create.topics.enable", "false"),
                        // One that was killed is still registered for as long, and is refused when it comes back.
                        Map.entry("broker.session.timeout.ms", "2000"),
                        Map.entry("broker.heartbeat.interval.ms", "500")));
        this.process = launch();
        Runtime.getRuntime().addShutdownHook(atExit);
        awaitUp();
    }

    /** Below those that a system gives to connections that go out, or one of those could have it while the broker is away. */
    private static int freePort(Set<Integer> taken) {
        while (true) {
            int port = LOWEST_PORT + ThreadLocalRandom.current().nextInt(PORTS);
            try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                if (taken.add(probe.getLocalPort())) {
                    return port;
                }
            } catch (IOException e) {
                // somebody has it, so another
            }
        }
    }

    private static void format(Path data) throws IOException {
        try (PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream())) {
            new Formatter()
                    .setPrintStream(nowhere)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(1)
                    .setControllerListenerName("CONTROLLER")
                    .setDirectories(List.of(data.toString()))
                    .setMetadataLogDirectory(data.toString())
                    .run();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void write(Path file, Map<String, String> settings) throws IOException {
        Properties all = new Properties();
        all.putAll(settings);
        try (var out = Files.newBufferedWriter(file)) {
            all.store(out, null);
        }
    }

    private Process launch() {
        try {
            return new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx256m",
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            "kafka.Kafka",
                            folder.resolve("server.properties").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private File log() {
        return folder.resolve("broker.log").toFile();
    }

    private void awaitUp() {
        TestNode.await(() -> !process.isAlive() || isListening());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers(), "reconnect.backoff.max.ms", "100"))) {
            TestNode.await(() -> {
                if (!process.isAlive()) {
                    throw new AssertionError("the broker has ended: " + output());
                }
                try {
                    return !admin.describeCluster()
                            .nodes()
                            .get(1, TimeUnit.SECONDS)
                            .isEmpty();
                } catch (ExecutionException | TimeoutException e) {
                    return false;
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new AssertionError(e);
                }
            });
        }
    }

    /** A client that finds nobody there says so each time. */
    private boolean isListening() {
        try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), direct)) {
            return probe.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** The end of what it has printed. */
    private String output() {
        try {
            String all = Files.readString(log().toPath());
            return all.substring(Math.max(0, all.length() - LOG_SHOWN));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Its address by a way that is never cut. */
    public String servers() {
        return "127.0.0.1:" + direct;
    }

    /** Its address by {@link #way()}, also to clients that it tells where it is. */
    public String proxiedServers() {
        return "127.0.0.1:" + way.port();
    }

    /** The way to {@link #proxiedServers()}. */
    public CutProxy way() {
        return way;
    }

    /** Kills it at once, as {@code kill -9} does, and waits until it is gone. */
    public void kill() {
        process.destroyForcibly();
        if (!ended()) {
            throw new AssertionError("the broker could not be killed");
        }
    }

    /** Asks it to end in order, and waits until it has. */
    public void stop() {
        process.destroy();
        if (!ended()) {
            throw new AssertionError("the broker has not ended within %d s: %s".formatted(STOP_SECONDS, output()));
        }
    }

    private boolean ended() {
        try {
            return process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Starts it again on its data, after it has ended, and waits until it answers. */
    public void start() {
        if (process.isAlive()) {
            throw new IllegalStateException("The broker runs; kill it or stop it first");
        }
        process = launch();
        awaitUp();
    }

    @Override
    public void close() throws IOException {
        kill();
        way.close();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }
}
