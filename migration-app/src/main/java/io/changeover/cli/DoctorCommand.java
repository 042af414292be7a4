package io.changeover.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Finds states that should not be. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = {
            "Finds states that should not be, and says what each means and how it is mended.",
            "Changes nothing unless --mend is given, which mends what is safe to mend."
        },
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:nothing was found", "1:refused", "4:something was found, mended or not"})
final class DoctorCommand implements Callable<Integer> {

    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    @Nullable
    Connection connection;

    @Mixin
    ChangeoverCommand.@Nullable Reason reason;

    @Option(names = "--mend", description = "Mend what is safe to mend.")
    boolean mend;

    @Mixin
    @Nullable
    DryRun dryRun;

    @Override
    public Integer call() {
        Connection server = Objects.requireNonNull(connection);
        ChangeoverCommand.Reason why = Objects.requireNonNull(reason);
        if (!mend && !why.field().isEmpty()) {
            throw invalid("--reason needs --mend; add it, or leave the reason out to look only");
        }
        JsonNode diagnosis = mend
                ? server.client().post(Objects.requireNonNull(dryRun).of("/api/doctor"), why.field())
                : server.client().get("/api/doctor");
        server.print(diagnosis, ShowDoctor::diagnosis);
        return diagnosis.path("findings").isEmpty() ? ExitCode.OK : ExitCode.DIFFERENT;
    }

    private ParameterException invalid(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }
}
