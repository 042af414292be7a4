package io.changeover.cli;

import io.changeover.catalog.EventCheck;
import io.changeover.sample.Sample;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** What is asked about the events themselves. */
@Command(
        name = "events",
        mixinStandardHelpOptions = true,
        description = "Shows which events there are, and what may be done with them.",
        synopsisSubcommandLabel = "COMMAND",
        usageHelpAutoWidth = true)
final class EventsCommand {

    @Command(mixinStandardHelpOptions = true, description = "Lists all events that the server knows or has stored.")
    int list(@Mixin Connection connection) {
        return connection.print(connection.client().get("/api/events"), ShowEvents::list);
    }

    @Command(mixinStandardHelpOptions = true, description = "Shows one event with its revisions and who reads it.")
    int show(
            @Mixin Connection connection,
            @Parameters(paramLabel = "NAME", description = "Name of the event, such as order.placed.") String name,
            @Option(names = "--schema", description = "Also the JSON Schema of each revision.") boolean schema) {
        return connection.print(
                connection.client().get("/api/events/" + ApiClient.segment(name)),
                event -> schema ? ShowEvents.withSchemas(event) : ShowEvents.event(event));
    }

    @Command(
            name = "rollback-report",
            mixinStandardHelpOptions = true,
            description =
                    "Says which stored events an older release could read. Looks at every event that it would have to be told.",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:it could read every stored event", "6:it could not read some of them"})
    int rollbackReport(
            @Mixin Connection connection,
            @Option(
                            names = "--to",
                            required = true,
                            paramLabel = "RELEASE",
                            description = "Name of the release, as the domain declares it.")
                    String release) {
        JsonNode report =
                connection.client().get("/api/releases/%s/rollback-report".formatted(ApiClient.segment(release)));
        connection.print(report, ShowEvents::rollbackReport);
        return report.path("not").asLong() == 0 ? ExitCode.OK : ExitCode.UNREADABLE;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Checks steps and samples of the domain on the class path, without a server.",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:nothing is wrong", "1:something is"})
    int check(
            @Mixin LocalOutput output,
            @Option(
                            names = "--resources",
                            paramLabel = "DIR",
                            description = "Folder of resources with the samples (default: the jar).")
                    @Nullable
                    Path resources,
            @Option(
                            names = "--domain",
                            paramLabel = "NAME",
                            description = "The domain that the folder belongs to, where there are several.")
                    @Nullable
                    String domain) {
        LocalDomains domains = LocalDomains.find(domain, resources);
        List<Sample> samples = domains.all().all().stream()
                .flatMap(each -> domains.files(each).samples().stream())
                .toList();
        List<String> problems = EventCheck.atBuild(domains.all(), samples);
        PrintWriter out = output.words();
        problems.forEach(problem -> out.println("- " + problem));
        out.printf(
                "%s in %s and %s%n",
                problems.isEmpty() ? "nothing is wrong" : Words.count(problems.size(), "problem"),
                Words.count(domains.all().steps().size(), "step"),
                Words.count(samples.size(), "sample"));
        out.flush();
        output.json(Map.of("problems", problems, "steps", domains.all().steps().size(), "samples", samples.size()));
        return problems.isEmpty() ? ExitCode.OK : ExitCode.REFUSED;
    }
}
