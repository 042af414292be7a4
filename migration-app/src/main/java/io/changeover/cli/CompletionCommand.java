package io.changeover.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Writes the script by which a shell completes this command. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = {
            "Writes a script to standard output by which bash and zsh complete this command. No server is asked.",
            "For this shell: source <(changeover completion)"
        },
        usageHelpAutoWidth = true)
final class CompletionCommand implements Callable<Integer> {

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine self = Objects.requireNonNull(spec).commandLine();
        CommandLine root = self.getParent();
        self.getOut().print(AutoComplete.bash(root.getCommandName(), root));
        self.getOut().flush();
        return ExitCode.OK;
    }
}
