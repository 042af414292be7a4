package io.changeover.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows who is let in. */
@Command(
        name = "people",
        mixinStandardHelpOptions = true,
        description = "Lists the local people who may sign in to the console, with their roles.",
        usageHelpAutoWidth = true)
final class PeopleCommand implements Callable<Integer> {

    @Mixin
    @Nullable
    Connection connection;

    @Override
    public Integer call() {
        Connection server = Objects.requireNonNull(connection);
        return server.print(server.client().get("/api/people"), ShowAccess::people);
    }
}
