package io.changeover.schema;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Tells why a strict reader cannot read what is written. */
final class ReaderObstacles {

    private final Findings findings = new Findings();

    List<String> between(Shape reader, Shape written) {
        value("", reader, written);
        return findings.sentences();
    }

    private void value(String path, Shape reader, Shape written) {
        if (reader.allowsAnything()) {
            return;
        }
        if (written.allowsAnything()) {
            findings.add(
                    path,
                    "has no known type in the written events and the reader needs %s; add a sample in which it has a value"
                            .formatted(Words.type(reader)));
            return;
        }
        if (written.nullable() && !reader.nullable()) {
            findings.add(path, "may be null in the written events but not for the reader");
        }
        if (!readsType(reader, written)) {
            findings.add(
                    path,
                    "is %s in the written events but the reader needs %s"
                            .formatted(Words.type(written), Words.type(reader)));
            return;
        }
        allowed(path, reader, written);
        if (written.types().contains("object")) {
            fields(path, reader, written);
        }
        if (written.types().contains("array")) {
            value(path + "[]", reader.items(), written.items());
        }
    }

    private static boolean readsType(Shape reader, Shape written) {
        return written.types().stream().allMatch(type -> readsType(type, reader, written));
    }

    private static boolean readsType(String type, Shape reader, Shape written) {
        Set<String> readable = reader.types();
        return switch (type) {
            case "integer" ->
                readable.contains("number")
                        || (readable.contains("integer") && readsWidth(reader.format(), written.format()));
            case "string" ->
                readable.contains(type)
                        && (reader.format().isEmpty() || reader.format().equals(written.format()));
            case "object" ->
                readable.contains(type)
                        && (reader.values().isPresent() || written.values().isEmpty());
            default -> readable.contains(type);
        };
    }

    private static boolean readsWidth(Optional<String> reader, Optional<String> written) {
        return !(reader.equals(Optional.of("int32")) && written.equals(Optional.of("int64")));
    }

    private void allowed(String path, Shape reader, Shape written) {
        if (reader.allowed().isEmpty()) {
            return;
        }
        if (written.allowed().isEmpty()) {
            findings.add(
                    path,
                    "may have any value in the written events but the reader knows only %s"
                            .formatted(Words.values(reader.allowed())));
            return;
        }
        List<JsonNode> unknown = written.allowed().stream()
                .filter(value -> !reader.allowed().contains(value))
                .toList();
        if (!unknown.isEmpty()) {
            findings.add(
                    path,
                    "may be %s in the written events, which the reader does not know"
                            .formatted(unknown.stream().map(Words::value).collect(Collectors.joining(" or "))));
        }
    }

    private void fields(String path, Shape reader, Shape written) {
        if (reader.values().isPresent()) {
            Shape values = reader.values().get();
            written.values().ifPresent(each -> value(path + "{}", values, each));
            written.properties().forEach((name, each) -> value(Findings.within(path, name), values, each));
            return;
        }
        reader.properties().forEach((name, known) -> {
            if (reader.requires(name) && !known.nullable()) {
                required(path, name, written);
            }
        });
        written.properties().forEach((name, each) -> {
            Shape known = reader.properties().get(name);
            String field = Findings.within(path, name);
            if (known == null) {
                findings.add(field, "is not known to the reader, which refuses unknown fields");
            } else {
                value(field, known, each);
            }
        });
    }

    private void required(String path, String name, Shape written) {
        String field = Findings.within(path, name);
        if (!written.properties().containsKey(name)) {
            findings.add(field, "is required but the written events do not have it");
        } else if (!written.requires(name) && !written.field(name).nullable()) {
            findings.add(field, "is required but some written events do not have it");
        }
    }
}
