package io.changeover.cli;

import io.changeover.catalog.Approval;
import io.changeover.catalog.DomainFiles;
import io.changeover.catalog.EventDomain;
import io.changeover.sample.Sample;
import io.changeover.sample.Samples;
import io.changeover.upcast.EventSteps;
import io.changeover.upcast.EventTree;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Golden samples: taken from a server's store, approved by a person. */
@Command(
        name = "samples",
        mixinStandardHelpOptions = true,
        description = "Takes samples of stored events, and records what they mean.",
        synopsisSubcommandLabel = "COMMAND",
        usageHelpAutoWidth = true)
final class SamplesCommand {

    @Spec
    @Nullable
    CommandSpec spec;

    @Command(
            mixinStandardHelpOptions = true,
            description =
                    "Writes samples of the server's store as files, with all that is sensitive replaced. A file that is there stays as it is.")
    int mine(
            @Mixin Connection connection,
            @Option(names = "--dry-run", description = "Name the files as new, and write none.") boolean dryRun,
            @Option(
                            names = "--resources",
                            required = true,
                            paramLabel = "DIR",
                            description = "Folder of resources, such as src/main/resources.")
                    Path resources,
            @Option(
                            names = "--domain",
                            paramLabel = "NAME",
                            description = "Only samples of this domain's events (default: of all).")
                    @Nullable
                    String domain) {
        ApiClient client = connection.client();
        // Before the server looks at every event: a wrong folder is told at once.
        SampleFolders folders = SampleFolders.of(client.get("/api/events"), domain, resources);
        return connection.print(folders.keep(client.get("/api/samples"), dryRun), ShowEvents::mined);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description =
                    "Shows what samples mean today, where nobody has approved that yet, and records it as approved. No server is asked.")
    int approve(
            @Mixin LocalOutput output,
            @Option(
                            names = "--resources",
                            required = true,
                            paramLabel = "DIR",
                            description = "Folder of resources, such as src/main/resources.")
                    Path resources,
            @Option(
                            names = "--domain",
                            paramLabel = "NAME",
                            description = "The domain that the folder belongs to; needed where there are several.")
                    @Nullable
                    String name,
            @Option(names = "--dry-run", description = "Only show; write nothing.") boolean dryRun,
            @Parameters(
                            arity = "0..*",
                            paramLabel = "SAMPLE",
                            description =
                                    "Path of a sample, such as order.placed/1/largest.json (default: all that need it).")
                    @Nullable
                    List<String> paths) {
        LocalDomains domains = LocalDomains.find(name, resources);
        EventDomain domain = domains.meant().get(0);
        EventSteps steps = EventSteps.of(domains.all().steps(), domains.all().types());
        DomainFiles files = domains.files(domain);
        List<Sample> samples = chosen(files.samples(), domain, resources, paths == null ? List.of() : paths);
        PrintWriter out = output.words();
        List<String> approved = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        for (Sample sample : samples) {
            List<EventTree> today;
            try {
                today = steps.up(sample.stored().copy(), sample.origin());
            } catch (RuntimeException e) {
                failed.add("%s cannot be taken up: %s".formatted(sample.path(), e.getMessage()));
                continue;
            }
            if (sample.approved() == null || !Approval.same(sample.approved(), today)) {
                approved.add(sample.path());
                out.println(ShowSample.of(sample, today));
                if (!dryRun) {
                    files.write(sample.approvedAs(today));
                }
            }
        }
        out.printf(
                "%s %s, %d as approved before%n",
                Words.count(approved.size(), "sample"),
                dryRun ? "to approve" : "approved",
                samples.size() - approved.size() - failed.size());
        out.flush();
        output.json(Map.of("approved", approved, "failed", failed, "dryRun", dryRun));
        failed.forEach(spec().commandLine().getErr()::println);
        return failed.isEmpty() ? ExitCode.OK : ExitCode.REFUSED;
    }

    private static List<Sample> chosen(List<Sample> all, EventDomain domain, Path resources, List<String> paths) {
        if (paths.isEmpty()) {
            return all;
        }
        List<Sample> chosen = new ArrayList<>();
        for (String path : paths) {
            chosen.add(all.stream()
                    .filter(sample -> is(path, sample, domain))
                    .findFirst()
                    .orElseThrow(() -> new DomainException(
                            "'%s' must be the path of a sample below '%s' but none is there; 'changeover events check' names those that need approval"
                                    .formatted(path, resources.resolve(Samples.folder(domain.name()))))));
        }
        return chosen;
    }

    /** As the check names it, or as the shell completes it. */
    private static boolean is(String path, Sample sample, EventDomain domain) {
        return path.equals(sample.path())
                || Path.of(path).endsWith(Path.of(Samples.folder(domain.name()), sample.path()));
    }

    private CommandSpec spec() {
        return Objects.requireNonNull(spec);
    }
}
