package io.changeover.cli;

import java.io.PrintWriter;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Options that almost every command shares: which server, who asks, and how the answer is printed. */
final class Connection extends ServerOptions {

    enum Output {
        table,
        json
    }

    @Option(
            names = "--output",
            paramLabel = "FORM",
            defaultValue = "table",
            description = "table or json (default: table).")
    Output output = Output.table;

    Connection(Map<String, String> environment) {
        super(environment);
    }

    /** Prints the server's answer in the form that was asked for; that to a dry run in words of its own. */
    int print(JsonNode answer, Function<JsonNode, String> words) {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.println(
                output == Output.json
                        ? answer.toPrettyString()
                        : ShowDryRun.isOne(answer) ? ShowDryRun.would(answer) : words.apply(answer));
        out.flush();
        return ExitCode.OK;
    }
}
