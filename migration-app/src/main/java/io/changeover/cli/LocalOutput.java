package io.changeover.cli;

import java.io.PrintWriter;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;
import tools.jackson.databind.json.JsonMapper;

/** How a verb prints that asks no server; what {@link Connection} is for the others. */
final class LocalOutput {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Spec(Target.MIXEE)
    @Nullable
    CommandSpec spec;

    @Option(
            names = "--output",
            paramLabel = "FORM",
            defaultValue = "table",
            description = "table or json (default: table).")
    Connection.Output output = Connection.Output.table;

    /** Where words go: nowhere when JSON is asked for, which has standard output for itself. */
    PrintWriter words() {
        return output == Connection.Output.json
                ? new PrintWriter(PrintWriter.nullWriter())
                : Objects.requireNonNull(spec).commandLine().getOut();
    }

    /** Prints the fields when JSON is asked for. */
    void json(Map<String, ?> fields) {
        if (output == Connection.Output.json) {
            PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
            out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(fields));
            out.flush();
        }
    }
}
