package io.changeover.upcast;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A fixed table from older texts to newer ones. It has a version in its name because events must mean tomorrow what they
 * mean today: a table that has been used is never edited, a corrected one gets the next version and a step of its own.
 * Immutable.
 */
public final class LookupTable {

    private final String name;
    private final int version;
    private final Map<String, String> entries;
    private final @Nullable String fallback;

    private LookupTable(String name, int version, Map<String, String> entries, @Nullable String fallback) {
        this.name = name;
        this.version = version;
        this.entries = entries;
        this.fallback = fallback;
    }

    /**
     * A table that refuses every text without an entry.
     *
     * @param version 1 or greater
     * @param entries older text to newer text; at least one
     */
    public static LookupTable of(String name, int version, Map<String, String> entries) {
        if (version < 1 || entries.isEmpty()) {
            throw new IllegalArgumentException(
                    "Lookup table '%s' has version %d and %d entries but needs version 1 or greater and an entry; correct it"
                            .formatted(name, version, entries.size()));
        }
        return new LookupTable(name, version, new TreeMap<>(entries), null);
    }

    /** The same table, giving this text where there is no entry; the unknown text is lost then. */
    public LookupTable otherwise(String text) {
        return new LookupTable(name, version, entries, text);
    }

    /** The conversion up by the entries, and down by their reverse where it is unique: else the first entry counts. */
    Conversion conversion() {
        Map<String, String> reverse = new TreeMap<>();
        List<String> shared = new ArrayList<>();
        entries.forEach((older, newer) -> {
            if (reverse.putIfAbsent(newer, older) != null) {
                shared.add(older);
            }
        });
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        Conversion conversion = Conversion.of(
                        "lookup in " + this,
                        value -> nodes.stringNode(newer(value.asString())),
                        value -> nodes.stringNode(older(reverse, value.asString())))
                .exactForOlder(Examples.oneOf(reverse.values().stream()
                        .sorted()
                        .map(nodes::stringNode)
                        .toList()))
                .exactForNewer(Examples.oneOf(reverse.keySet().stream()
                        .sorted()
                        .map(nodes::stringNode)
                        .toList()));
        if (!shared.isEmpty()) {
            conversion = conversion.losingUp(
                    "which of several older texts it was, in %s: %s".formatted(this, new TreeMap<>(entries)));
        }
        return fallback == null ? conversion : conversion.losingUp("every text that %s does not know".formatted(this));
    }

    private String newer(String older) {
        String newer = entries.getOrDefault(older, fallback);
        if (newer == null) {
            throw new StepRefusedException(
                    null,
                    "'%s' must be one of %s, the entries of %s; make the next version of the table and a step that uses it"
                            .formatted(older, entries.keySet(), this));
        }
        return newer;
    }

    private String older(Map<String, String> reverse, String newer) {
        String older = reverse.get(newer);
        if (older == null) {
            throw new StepRefusedException(
                    null,
                    "'%s' must be one of %s to be told as before %s; move its readers to the newer revision first"
                            .formatted(newer, reverse.keySet(), this));
        }
        return older;
    }

    @Override
    public String toString() {
        return "table '%s' version %d".formatted(name, version);
    }
}
