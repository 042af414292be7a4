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
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is agreed about the schemas of events. No server is asked. */
@Command(
        name = "schemas",
        mixinStandardHelpOptions = true,
        description = "Holds event classes against the schemas that were agreed.",
        synopsisSubcommandLabel = "COMMAND",
        usageHelpAutoWidth = true)
final class SchemasCommand {

    @Command(
            mixinStandardHelpOptions = true,
            description = "Says what the event classes have that was not agreed, or breaks their compatibility.",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:everything is as agreed", "1:something is not"})
    int check(
            @Mixin LocalOutput output,
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
        List<Map<String, Object>> results = new ArrayList<>();
        for (EventDomain each : domains.meant()) {
            SchemaLock lock = domains.files(each).lock();
            SchemaCheck.Result result = SchemaCheck.of(each, lock);
            agreed &= result.problems().isEmpty();
            print(output.words(), each, lock, result);
            results.add(Map.of(
                    "domain",
                    each.name(),
                    "revisions",
                    lock.revisions().size(),
                    "problems",
                    texts(result.problems()),
                    "notes",
                    texts(result.notes())));
        }
        output.json(Map.of("agreed", agreed, "domains", results));
        return agreed ? ExitCode.OK : ExitCode.REFUSED;
    }

    private static List<String> texts(Collection<?> values) {
        return values.stream().map(Object::toString).toList();
    }

    private static void print(PrintWriter out, EventDomain domain, SchemaLock lock, SchemaCheck.Result result) {
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
            @Mixin LocalOutput output,
            @Option(names = "--dry-run", description = "Only show; write nothing.") boolean dryRun,
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
        PrintWriter out = output.words();
        List<String> changed = after.revisions().stream()
                .filter(revision -> !after.entry(revision).equals(before.entry(revision)))
                .map(Revision::toString)
                .toList();
        if (after.equals(before)) {
            out.printf(
                    "%s: nothing to accept, %s as agreed%n",
                    domain.name(), Words.count(before.revisions().size(), "revision"));
        } else {
            if (!dryRun) {
                files.write(after);
            }
            after.revisions().forEach(revision -> print(out, revision, before, after, samples));
            out.printf("%s %s%n", dryRun ? "not written to" : "written to", resources.resolve(files.lockPath()));
        }
        out.flush();
        output.json(Map.of("domain", domain.name(), "changed", changed, "written", !dryRun && !changed.isEmpty()));
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

    private static void print(
            PrintWriter out, Revision revision, SchemaLock before, SchemaLock after, List<Sample> samples) {
        SchemaLock.Entry entry = after.entry(revision).orElseThrow();
        SchemaLock.Entry known = before.entry(revision).orElse(null);
        if (entry.equals(known)) {
            return;
        }
        long seen = samples.stream()
                .filter(sample -> sample.stored().key().equals(revision))
                .count();
        out.printf(
                "%-8s %s, as %s%n",
                known == null ? "new" : "changed",
                revision,
                entry.origin() == SchemaLock.Origin.RECORD
                        ? "its class has it"
                        : Words.count(seen, "sample") + (seen == 1 ? " shows it" : " show it"));
        if (known != null) {
            SchemaComparison.changes(known.schema(), entry.schema()).forEach(change -> out.println("    " + change));
        }
    }
}
