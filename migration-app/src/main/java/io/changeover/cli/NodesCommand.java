package io.changeover.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows the nodes and what they route by. */
@Command(
        name = "nodes",
        mixinStandardHelpOptions = true,
        description = "Shows the nodes of the application and by which decision each of them routes.",
        usageHelpAutoWidth = true)
final class NodesCommand implements Callable<Integer> {

    @Mixin
    @Nullable
    Connection connection;

    @Override
    public Integer call() {
        Connection to = Objects.requireNonNull(connection);
        return to.print(to.client().get("/api/nodes"), ShowRoute::nodes);
    }
}
