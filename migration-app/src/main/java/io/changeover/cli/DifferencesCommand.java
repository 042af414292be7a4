package io.changeover.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Shows what the differences of a comparison have in common. */
@Command(
        name = "differences",
        mixinStandardHelpOptions = true,
        description = "Shows what the differences have in common that a comparison found.",
        usageHelpAutoWidth = true)
final class DifferencesCommand implements Callable<Integer> {

    @Mixin
    @Nullable
    Connection connection;

    @Parameters(
            paramLabel = "VIEW|ID",
            description = "A comparison, or a view for the latest of its comparisons that is done.")
    String named = "";

    @Override
    public Integer call() {
        Connection server = Objects.requireNonNull(connection);
        ApiClient client = server.client();
        JsonNode comparison = NamedComparison.find(client, named);
        JsonNode groups = client.get(
                "/api/comparisons/%s/groups".formatted(comparison.path("id").asString()));
        return server.print(groups, shown -> ShowDifferences.groups(comparison, shown));
    }
}
