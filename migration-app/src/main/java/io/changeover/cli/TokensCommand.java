package io.changeover.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows who is let in. */
@Command(
        name = "tokens",
        mixinStandardHelpOptions = true,
        description = "Lists the tokens that were issued: whom they name, what they may, and until when.",
        usageHelpAutoWidth = true)
final class TokensCommand implements Callable<Integer> {

    @Mixin
    @Nullable
    Connection connection;

    @Override
    public Integer call() {
        Connection server = Objects.requireNonNull(connection);
        return server.print(server.client().get("/api/tokens"), ShowAccess::tokens);
    }
}
