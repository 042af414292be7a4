package io.changeover.benchmark.serving.shift;

import io.changeover.benchmark.replay.store.Database;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A {@link ShiftChild} as whoever started it sees it. */
final class ChildProcess implements AutoCloseable {

    private final String name;
    private final Path file;
    private final Process process;
    private final BufferedReader lines;
    private final BufferedWriter commands;

    private ChildProcess(String name, Path file, Process process) {
        this.name = name;
        this.file = file;
        this.process = process;
        this.lines = process.inputReader();
        this.commands = process.outputWriter();
    }

    /**
     * Starts the node and waits until it is up.
     *
     * @param file for what it reads
     */
    static ChildProcess start(
            Database store, String name, Path file, ShiftOptions options, Map<String, String> settings) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + options.heap(),
                "-cp",
                System.getProperty("java.class.path"),
                ShiftChild.class.getName(),
                store.url(),
                store.user(),
                name,
                Long.toString(options.rows()),
                Integer.toString(options.readers()),
                Integer.toString(options.rate()),
                file.toString()));
        settings.forEach((property, value) -> command.add(property + "=" + value));
        try {
            ChildProcess child = new ChildProcess(
                    name,
                    file,
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start());
            child.require("up");
            return child;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return name;
    }

    /** Where its reads are, once it has stopped. */
    Path file() {
        return file;
    }

    /** Gives the command and waits for its answer, of which the first word is left out. */
    String[] tell(String command, String answer) {
        try {
            commands.write(command);
            commands.newLine();
            commands.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("Node '%s' cannot be told anything any more".formatted(name), e);
        }
        return require(answer);
    }

    private String[] require(String answer) {
        try {
            String line = lines.readLine();
            if (line == null || !line.startsWith(answer)) {
                throw new IllegalStateException(
                        "Node '%s' was to say '%s' but said '%s'; see its errors above".formatted(name, answer, line));
            }
            return line.substring(answer.length()).strip().split(" ");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
