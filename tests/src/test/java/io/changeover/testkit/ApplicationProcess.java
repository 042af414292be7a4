package io.changeover.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The packaged application with the example's domain, in a process of its own that can be killed. */
public final class ApplicationProcess implements AutoCloseable {

    private static final Path JAR = Path.of("../migration-app/target/application/changeover.jar");
    private static final Path ONE_JAR = Path.of("../migration-app/target/changeover.jar");
    private static final Path DOMAIN = Path.of("../examples/orders/target/domain");
    private static final String MAIN = "io.changeover.cli.Changeover";
    private static final String TOKEN = "a-token-for-tests-of-forty-three-characters";

    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = JsonMapper.builder().build();
    private final Process process;
    private final Path folder;
    private final int port;

    private ApplicationProcess(Process process, Path folder, int port) {
        this.process = process;
        this.folder = folder;
        this.port = port;
    }

    /**
     * Starts the application on the database as {@code bin/changeover} does; its output goes to a file in the folder.
     */
    public static ApplicationProcess start(Path folder, TestDatabase database, Map<String, String> settings) {
        requirePackaged();
        return startFromFolder(List.of("-XX:SharedArchiveFile=" + SharedClasses.archive()), folder, database, settings);
    }

    private static ApplicationProcess startFromFolder(
            List<String> options, Path folder, TestDatabase database, Map<String, String> settings) {
        String path = String.join(
                File.pathSeparator, classPath().stream().map(Path::toString).toList());
        List<String> program = new ArrayList<>(options);
        program.addAll(List.of("-cp", path, MAIN));
        return start(program, folder, database, settings);
    }

    /** The same from one jar with its launcher, as containers do. */
    public static ApplicationProcess startFromOneJar(Path folder, TestDatabase database, Map<String, String> settings) {
        requirePackaged();
        return start(
                List.of(
                        "-Dloader.path=" + DOMAIN.toAbsolutePath(),
                        "-jar",
                        ONE_JAR.toAbsolutePath().toString()),
                folder,
                database,
                settings);
    }

    private static void requirePackaged() {
        if (!Files.exists(JAR) || !Files.exists(DOMAIN)) {
            throw new IllegalStateException(
                    "%s and %s must have been packaged; run the tests with 'mvn verify' from the root"
                            .formatted(JAR, DOMAIN));
        }
    }

    private static ApplicationProcess start(
            List<String> program, Path folder, TestDatabase database, Map<String, String> settings) {
        int port = freePort();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
        command.addAll(program);
        command.addAll(List.of(
                "serve",
                "--server.port=" + port,
                "--spring.datasource.url=" + database.url(),
                "--spring.datasource.username=" + database.user(),
                "--spring.datasource.password=" + database.password(),
                "--changeover.data-folder=" + folder.toAbsolutePath(),
                "--changeover.api.token=" + TOKEN));
        Map<String, String> all = new TreeMap<>(Map.of("changeover.node-id", "killed-and-back"));
        all.putAll(settings);
        all.forEach((name, value) -> command.add("--" + name + "=" + value));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("output.txt").toFile()))
                    .start();
            return new ApplicationProcess(process, folder, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@code bin/changeover} has it. */
    private static List<Path> classPath() {
        try (Stream<Path> jars = Files.list(DOMAIN)) {
            return Stream.concat(
                            jars.filter(each -> each.toString().endsWith(".jar"))
                                    .sorted(),
                            Stream.of(JAR))
                    .map(each -> each.toAbsolutePath().normalize())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The classes of a start as the JVM keeps them: each further start takes half of the time. Made by the first process
     * that needs them, once for the jars as they are.
     */
    private static final class SharedClasses {

        private static final Path FOLDER = Path.of("target");

        private static Path made;

        static synchronized Path archive() {
            if (made == null) {
                try {
                    made = made(FOLDER.resolve("application-%08x.jsa".formatted(sum())));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return made;
        }

        /** The JVM goes by time and size of a jar, which may be the same though it is another one. */
        private static long sum() throws IOException {
            CRC32 sum = new CRC32();
            try (Stream<Path> libraries = Files.list(JAR.resolveSibling("lib"))) {
                for (Path each :
                        Stream.concat(classPath().stream(), libraries.sorted()).toList()) {
                    sum.update(Files.readAllBytes(each));
                }
            }
            return sum.getValue();
        }

        private static Path made(Path archive) throws IOException {
            try (FileChannel channel = FileChannel.open(
                    FOLDER.resolve("application.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                var unused = channel.lock(); // until it is closed
                if (!Files.exists(archive)) {
                    Path part = FOLDER.resolve("application.part").toAbsolutePath();
                    try (TestDatabase database = TestDatabase.empty()) {
                        startFromFolder(
                                        List.of("-Xlog:cds*=off", "-XX:ArchiveClassesAtExit=" + part),
                                        FOLDER,
                                        database,
                                        Map.of())
                                .awaitUp()
                                .end();
                    }
                    Files.move(part, archive, StandardCopyOption.REPLACE_EXISTING);
                }
                return archive.toAbsolutePath();
            }
        }
    }

    /** Waits until the API answers. */
    public ApplicationProcess awaitUp() {
        TestNode.await(() -> {
            if (!process.isAlive()) {
                throw new AssertionError("the application has ended: " + output());
            }
            try {
                return send("GET", "/api/views", "").statusCode() == 200;
            } catch (UncheckedIOException e) {
                return false;
            }
        });
        return this;
    }

    /** Kills the process at once, as {@code kill -9} does, and waits until it is gone. */
    public void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void end() {
        process.destroy();
        try {
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                throw new AssertionError("the application does not end: " + output());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } finally {
            kill();
        }
    }

    /** Whether it has not ended. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** The answer to a GET. */
    public JsonNode get(String path) {
        return read(send("GET", path, ""));
    }

    /** The answer to a POST, which must succeed. */
    public JsonNode post(String path, String body) {
        return read(send("POST", path, body));
    }

    private JsonNode read(HttpResponse<String> response) {
        if (response.statusCode() >= 300) {
            throw new AssertionError("%d: %s".formatted(response.statusCode(), response.body()));
        }
        return json.readTree(response.body());
    }

    private HttpResponse<String> send(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** What the process has printed so far. */
    public String output() {
        try {
            return Files.readString(folder.resolve("output.txt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
