package io.changeover.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Tells what a changeover was like, or how two differ. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = {
            "Tells what a changeover was like: the open one of a view, else its last, or the one that is named.",
            "With --compare it takes two changeovers and puts them side by side."
        },
        usageHelpAutoWidth = true)
final class ReportCommand implements Callable<Integer> {

    enum Format {
        markdown,
        html,
        json
    }

    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    @Nullable
    ServerOptions server;

    @Parameters(
            arity = "1..2",
            paramLabel = "VIEW [ID] | ID ID",
            description = "A view and perhaps one of its changeovers; with --compare two changeovers.")
    List<String> named = List.of();

    @Option(names = "--compare", description = "Put two changeovers side by side.")
    boolean compare;

    @Option(
            names = "--format",
            paramLabel = "FORM",
            description = "markdown, html or json (default: markdown; with --compare on a terminal: a table).")
    @Nullable
    Format format;

    @Option(names = "--out", paramLabel = "FILE", description = "File to write (default: standard output).")
    @Nullable
    Path file;

    @Override
    public Integer call() {
        if (compare && named.size() != 2) {
            throw new ParameterException(
                    commandLine(), "--compare takes two changeovers; name both, as 'changeover reports' lists them");
        }
        ApiClient client = Objects.requireNonNull(server).client();
        String text = text(client);
        if (file == null) {
            PrintWriter out = commandLine().getOut();
            out.println(text.stripTrailing());
            out.flush();
        } else {
            write(text, file);
        }
        return ExitCode.OK;
    }

    private String text(ApiClient client) {
        if (compare && format == null) {
            return ShowReports.comparison(client.get(path()));
        }
        Format form = format == null ? Format.markdown : format;
        if (form == Format.json) {
            JsonNode json = client.get(path());
            return json.toPrettyString() + "\n";
        }
        return client.text("%s%sformat=%s".formatted(path(), path().contains("?") ? "&" : "?", form.name()));
    }

    private String path() {
        if (compare) {
            return "/api/report-comparison?left=%s&right=%s"
                    .formatted(ApiClient.segment(named.get(0)), ApiClient.segment(named.get(1)));
        }
        return "/api/reports/%s%s"
                .formatted(
                        ApiClient.segment(named.get(0)),
                        named.size() == 1 ? "" : "?id=" + ApiClient.segment(named.get(1)));
    }

    private void write(String text, Path target) {
        try {
            WholeFile.write(target, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        PrintWriter out = commandLine().getOut();
        out.println("The report is in %s".formatted(target));
        out.flush();
    }

    private CommandLine commandLine() {
        return Objects.requireNonNull(spec).commandLine();
    }
}
