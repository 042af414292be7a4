package io.changeover.cli;

import io.changeover.catalog.Approval;
import io.changeover.catalog.DomainFiles;
import io.changeover.sample.Sample;
import io.changeover.sample.Samples;
import io.changeover.upcast.Revision;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The folders of samples of a server's domains. What is there stays: a sample whose stored payload is in some file
 * already is not written again, and one whose name is taken gets another, because the older file may be the only one of
 * its kind.
 */
final class SampleFolders {

    private final Map<String, Folder> byEvent;

    private SampleFolders(Map<String, Folder> byEvent) {
        this.byEvent = byEvent;
    }

    /**
     * Looks into the folders.
     *
     * @param catalogue events as the server lists them
     * @param wanted the domain whose samples are wanted, or null for those of all
     * @param resources folder of resources
     * @throws IllegalArgumentException when there is no such folder
     * @throws DomainException when no event is of that domain
     */
    static SampleFolders of(JsonNode catalogue, @Nullable String wanted, Path resources) {
        Map<String, Folder> byDomain = new HashMap<>();
        Map<String, Folder> byEvent = new HashMap<>();
        for (JsonNode event : catalogue) {
            String domain = event.path("domain").asString("");
            if (!domain.isEmpty() && (wanted == null || wanted.equals(domain))) {
                byEvent.put(
                        event.path("name").asString(),
                        byDomain.computeIfAbsent(domain, name -> Folder.of(name, resources)));
            }
        }
        if (byEvent.isEmpty()) {
            throw new DomainException(
                    wanted == null
                            ? "The server must know the domain of some event but knows none; run it with a domain"
                            : "Domain '%s' must have events on the server but has none; correct --domain"
                                    .formatted(wanted));
        }
        return new SampleFolders(byEvent);
    }

    /** Writes what is not there yet, and says what was {@code written}, what was {@code kept} and what is {@code withheld}. */
    ObjectNode keep(JsonNode answer, boolean dryRun) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        ArrayNode written = result.putArray("written");
        ArrayNode kept = result.putArray("kept");
        for (JsonNode each : answer.path("samples")) {
            Folder folder = byEvent.get(each.path("event").asString());
            if (folder == null) {
                continue;
            }
            Sample mined = sample(each);
            Optional<Sample> same = folder.same(mined);
            if (same.isPresent()) {
                kept.add(folder.place(same.get()));
            } else {
                written.add(folder.place(dryRun ? mined : folder.write(mined)));
            }
        }
        result.set("withheld", answer.path("withheld"));
        return result;
    }

    private static Sample sample(JsonNode node) {
        JsonNode revision = node.path("revision");
        return Sample.mined(
                node.path("label").asString(),
                new Revision(node.path("event").asString(), revision.isNull() ? null : revision.asString()),
                (ObjectNode) node.path("payload"),
                (ObjectNode) node.path("metadata"));
    }

    private record Folder(Path path, DomainFiles files, Map<String, Sample> byPath) {

        static Folder of(String domain, Path resources) {
            DomainFiles files = DomainFiles.in(domain, resources);
            Map<String, Sample> byPath = new HashMap<>();
            files.samples().forEach(sample -> byPath.put(sample.path(), sample));
            return new Folder(resources.resolve(Samples.folder(domain)), files, byPath);
        }

        Optional<Sample> same(Sample mined) {
            return byPath.values().stream()
                    .filter(sample -> Approval.same(List.of(sample.stored()), List.of(mined.stored())))
                    .findFirst();
        }

        Sample write(Sample mined) {
            Sample named = mined;
            for (int number = 2; byPath.containsKey(named.path()); number++) {
                named = new Sample(mined.label() + "-" + number, mined.stored(), mined.metadata(), mined.approved());
            }
            files.write(named);
            byPath.put(named.path(), named);
            return named;
        }

        String place(Sample sample) {
            return path.resolve(sample.path()).toString();
        }
    }
}
