package io.changeover.cli;

import io.changeover.cli.ApiClient.Download;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Carries away all differences that a comparison found. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Writes all differences that a comparison found, as CSV or JSON lines.",
            "A file is there whole or not at all: what comes is written beside it and counted first."
        },
        usageHelpAutoWidth = true)
final class ExportCommand implements Callable<Integer> {

    enum Format {
        csv,
        jsonl
    }

    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    @Nullable
    ServerOptions server;

    @Parameters(
            paramLabel = "ID|VIEW",
            description = "A comparison, or a view for the latest of its comparisons that is done.")
    String named = "";

    @Option(names = "--format", paramLabel = "FORM", description = "csv or jsonl (default: csv).")
    Format format = Format.csv;

    @Option(names = "--output", paramLabel = "FILE", description = "File to write (default: standard output).")
    @Nullable
    Path file;

    @Override
    public Integer call() {
        ApiClient client = Objects.requireNonNull(server).client();
        JsonNode comparison = NamedComparison.find(client, named);
        String id = comparison.path("id").asString();
        if (comparison.path("note").isString()) {
            commandLine().getErr().println(comparison.path("note").asString());
        }
        try (Download download = client.download("/api/comparisons/%s/export?format=%s".formatted(id, format.name()))) {
            CountedRecords records = new CountedRecords(download.body(), format == Format.csv);
            return file == null ? print(records, download, id) : write(records, download, id, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int print(CountedRecords records, Download download, String id) throws IOException {
        PrintWriter out = commandLine().getOut();
        new InputStreamReader(records, StandardCharsets.UTF_8).transferTo(out);
        out.flush();
        return isWhole(records, download, id, "what was printed is not all") ? ExitCode.OK : ExitCode.REFUSED;
    }

    private int write(CountedRecords records, Download download, String id, Path file) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            try (FileChannel channel = FileChannel.open(
                    part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                records.transferTo(Channels.newOutputStream(channel));
                channel.force(true);
            }
            if (!isWhole(records, download, id, "'%s' was not written".formatted(file))) {
                return ExitCode.REFUSED;
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
        PrintWriter out = commandLine().getOut();
        out.println("%s of comparison %s in %s".formatted(Words.count(records.records(), "difference"), id, file));
        out.flush();
        return ExitCode.OK;
    }

    private boolean isWhole(CountedRecords records, Download download, String id, String consequence) {
        if (records.isWhole() && records.records() == download.differences()) {
            return true;
        }
        commandLine()
                .getErr()
                .println("The export of comparison %s was cut off after %,d of %s, so %s; run it again"
                        .formatted(
                                id, records.records(), Words.count(download.differences(), "difference"), consequence));
        return false;
    }

    private CommandLine commandLine() {
        return Objects.requireNonNull(spec).commandLine();
    }
}
