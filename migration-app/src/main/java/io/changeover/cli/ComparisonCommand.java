package io.changeover.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Looks at one comparison, or stops it. */
@Command(
        name = "comparison",
        mixinStandardHelpOptions = true,
        description = "Looks at one comparison, or stops it.",
        synopsisSubcommandLabel = "COMMAND",
        usageHelpAutoWidth = true)
final class ComparisonCommand {

    private static final String ID = "Identifier of the comparison, as 'comparisons' lists it.";

    @Command(
            mixinStandardHelpOptions = true,
            description = "Shows where a comparison stands, and its report once it is done; exits as compare does.")
    int status(
            @Mixin Connection connection,
            @Parameters(paramLabel = "ID", description = ID) String id,
            @Option(names = "--watch", description = "Follow it until it ends.") boolean watch) {
        JsonNode status = connection.client().get("/api/comparisons/" + ApiClient.segment(id));
        return ComparisonEnd.print(connection, watch ? ComparisonEnd.await(connection, status) : status);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Stops a comparison for good, on whatever node it runs; what it has found stays.")
    int cancel(
            @Mixin Connection connection,
            @Mixin ChangeoverCommand.Reason reason,
            @Mixin DryRun dryRun,
            @Parameters(paramLabel = "ID", description = ID) String id) {
        return connection.print(
                connection
                        .client()
                        .post(dryRun.of("/api/comparisons/%s/cancel".formatted(ApiClient.segment(id))), reason.field()),
                ShowComparison::status);
    }
}
