package io.changeover.cli;

import io.changeover.view.VersionId;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what a backfill would take. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description = {
            "Says what the backfill of a version would take: events, time, rows, disk, memory and load.",
            "A sample of this store is read, folded and written to a table that is gone afterwards. The version stays as it is."
        },
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:estimated", "1:refused"})
final class SimulateCommand implements Callable<Integer> {

    @Mixin
    @Nullable
    Connection connection;

    @Parameters(paramLabel = "VERSION", description = "Version, such as order-board@2.")
    @Nullable
    VersionId version;

    @Option(
            names = "--sample",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Events to look at (default: 2000). More tell more, and take longer.")
    int sample;

    @Override
    public Integer call() {
        Connection server = Objects.requireNonNull(connection);
        VersionId of = Objects.requireNonNull(version);
        return server.print(
                server.client()
                        .post(
                                "/api/views/%s/versions/%d/simulate"
                                        .formatted(ApiClient.segment(of.view()), of.version()),
                                Map.of("sample", sample)),
                ShowSimulation::simulation);
    }
}
