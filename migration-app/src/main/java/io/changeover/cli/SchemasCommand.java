package io.changeover.cli;

import io.changeover.catalog.DomainFiles;
import io.changeover.catalog.EventDomain;
import io.changeover.catalog.SchemaCheck;
import io.changeover.event.EventTypes;
import io.changeover.sample.Sample;
import io.changeover.schema.SchemaComparison;
import io.changeover.schema.SchemaLock;
import io.changeover.upcast.Revision;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What is agreed about the schemas of events. No server is asked. */
@Command(
        name = "schemas",
        mixinStandardHelpOptions = true,
        description = "Holds event classes against the schemas that were agreed.",
        synopsisSubcommandLabel = "COMMAND",
        usageHelpAutoWidth = true)
final class SchemasCommand {

    @Spec
    @Nullable
    CommandSpec spec;

    @Command(
            mixinStandardHelpOptions = true,
            description = "Says what the event classes have that was not agreed, or breaks their compatibility.",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:everything is as agreed", "1:something is not"})
    int check(
            @Option(
                            names = "--resources",
                            paramLabel = "DIR",
                            description = "Folder of resources with the lock file (default: the jar).")
                    @Nullable
                    Path resources,
            @Option(
                            names = "--domain",
                            paramLabel = "NAME",
                            description =
                                    "The domain to check (default: all; needed with --resources where there are several).")
                    @Nullable
                    String domain) {
        LocalDomains domains = LocalDomains.find(domain, resources);
        boolean agreed = true;
        for (EventDomain each : domains.meant()) {
            SchemaLock lock = domains.files(each).lock();
            SchemaCheck.Result result = SchemaCheck.of(each, lock);
            agreed &= result.problems().isEmpty();
            print(each, lock, result);
        }
        return agreed ? ExitCode.OK : ExitCode.REFUSED;
    }

    private void print(EventDomain domain, SchemaLock lock, SchemaCheck.Result result) {
        PrintWriter out = out();
        out.printf(
                "%s: %s%n",
                domain.name(),
                result.problems().isEmpty()
                        ? "%s as agreed".formatted(Words.count(lock.revisions().size(), "revision"))
                        : Words.count(result.problems().size(), "problem"));
        result.problems().forEach(problem -> out.println("- " + problem));
        result.notes().forEach(note -> out.println("note: " + note));
        out.flush();
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Writes today's schemas into the lock file, for everybody to look at in the change.")
    int accept(
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
            @Option(
                            names = "--replace",
                            paramLabel = "NAME@REV",
                            description =
                                    "Also where the class changed without a new revision; only for a revision in which no event was ever stored.")
                    @Nullable
                    List<Revision> replace) {
        LocalDomains domains = LocalDomains.find(name, resources);
        EventDomain domain = domains.meant().get(0);
        Set<Revision> replaced = replace == null ? Set.of() : Set.copyOf(replace);
        requireToday(domain, replaced);
        DomainFiles files = domains.files(domain);
        SchemaLock before = files.lock();
        List<Sample> samples = files.samples();
        SchemaLock after = SchemaCheck.accept(domain, before, samples, replaced);
        PrintWriter out = out();
        if (after.equals(before)) {
            out.printf(
                    "%s: nothing to accept, %s as agreed%n",
                    domain.name(), Words.count(before.revisions().size(), "revision"));
        } else {
            files.write(after);
            after.revisions().forEach(revision -> print(revision, before, after, samples));
            out.printf("written to %s%n", resources.resolve(files.lockPath()));
        }
        out.flush();
        return ExitCode.OK;
    }

    private static void requireToday(EventDomain domain, Set<Revision> replaced) {
        EventTypes types = EventTypes.of(domain.events());
        for (Revision revision : replaced) {
            String today = types.currentRevision(revision.name()).orElse(null);
            if (!Objects.equals(today, revision.revision())) {
                throw new DomainException(
                        "'%s' must be the revision of today's class to be replaced but %s; correct --replace"
                                .formatted(revision, today == null ? "no class has the event" : "that is " + today));
            }
        }
    }

    private void print(Revision revision, SchemaLock before, SchemaLock after, List<Sample> samples) {
        SchemaLock.Entry entry = after.entry(revision).orElseThrow();
        SchemaLock.Entry known = before.entry(revision).orElse(null);
        if (entry.equals(known)) {
            return;
        }
        long seen = samples.stream()
                .filter(sample -> sample.stored().key().equals(revision))
                .count();
        out().printf(
                        "%-8s %s, as %s%n",
                        known == null ? "new" : "changed",
                        revision,
                        entry.origin() == SchemaLock.Origin.RECORD
                                ? "its class has it"
                                : Words.count(seen, "sample") + (seen == 1 ? " shows it" : " show it"));
        if (known != null) {
            SchemaComparison.changes(known.schema(), entry.schema()).forEach(change -> out().println("    " + change));
        }
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }
}
