package io.changeover.app.database;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;

/** Another application with an embedded database, as a process of its own that a test can kill. */
final class DatabaseProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;

    private DatabaseProcess(Process process) {
        this.process = process;
        this.output = process.inputReader();
    }

    static DatabaseProcess launch(Path folder) throws IOException {
        return new DatabaseProcess(new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path").replace("\n", File.pathSeparator),
                        DatabaseProcess.class.getName(),
                        folder.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    DatabaseProcess awaitRunning() throws IOException {
        String line = output.readLine();
        while (line != null && !line.equals("running")) {
            line = output.readLine();
        }
        if (line == null) {
            throw new IllegalStateException("The other application ended");
        }
        return this;
    }

    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    public static void main(String[] arguments) throws Exception {
        EmbeddedDatabase.start(
                new EmbeddedProperties(Path.of(arguments[0]), 0, Duration.ofMinutes(2)), new SecureRandom());
        System.out.println("running");
        // To be killed by the test; ends by itself should that fail to happen.
        Thread.sleep(Duration.ofMinutes(10).toMillis());
    }
}
