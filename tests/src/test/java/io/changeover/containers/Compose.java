package io.changeover.containers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What {@code compose.yaml} says, as far as the tests ask. */
final class Compose {

    static final Path OPS = Path.of("../ops");

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)(?::([-?])([^}]*))?}");

    private final Map<String, Object> document;

    private Compose(Map<String, Object> document) {
        this.document = document;
    }

    /**
     * One service.
     *
     * @param fields as they stand there, variables included
     */
    record Service(String name, Map<String, Object> fields) {

        Map<String, String> environment() {
            return texts(fields.get("environment"));
        }

        List<Mount> mounts() {
            return list(fields.get("volumes")).stream()
                    .map(String::valueOf)
                    .map(Mount::of)
                    .toList();
        }

        String text(String field) {
            return String.valueOf(fields.get(field));
        }

        boolean isNode() {
            return name.startsWith("node-");
        }
    }

    /**
     * Something of the host inside of a container.
     *
     * @param source path, or name of a volume; the default where a variable may name another
     */
    record Mount(String source, String target, boolean readOnly) {

        static Mount of(String text) {
            String[] parts = withDefaults(text).split(":", -1);
            return new Mount(parts[0], parts[1], parts.length > 2 && parts[2].equals("ro"));
        }

        boolean isVolume() {
            return !source.startsWith(".") && !source.startsWith("/");
        }

        /** Where it lies; paths begin at the folder of the file. */
        Path path() {
            return OPS.resolve(source).normalize();
        }
    }

    /**
     * A variable that whoever starts it sets.
     *
     * @param operator {@code ?} where it must be set, {@code -} where it has a default, or empty
     * @param rest what is said when it is not set, or the default
     */
    record Variable(String name, String operator, String rest) {}

    static Compose read() {
        try {
            return new Compose(yaml(Files.readString(OPS.resolve("compose.yaml"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads YAML, whose keys must be different. */
    static Map<String, Object> yaml(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        return new Yaml(new SafeConstructor(options)).load(text);
    }

    Map<String, Service> services() {
        Map<String, Service> services = new LinkedHashMap<>();
        map(document.get("services")).forEach((name, fields) -> services.put(name, new Service(name, map(fields))));
        return services;
    }

    Service service(String name) {
        Service service = services().get(name);
        if (service == null) {
            throw new AssertionError("no service " + name);
        }
        return service;
    }

    List<Service> nodes() {
        return services().values().stream().filter(Service::isNode).toList();
    }

    Map<String, Object> volumes() {
        return map(document.get("volumes"));
    }

    /** All variables in a text. */
    static List<Variable> variables(String text) {
        return VARIABLE.matcher(text)
                .results()
                .map(match -> new Variable(
                        match.group(1),
                        match.group(2) == null ? "" : match.group(2),
                        match.group(3) == null ? "" : match.group(3)))
                .toList();
    }

    private static String withDefaults(String text) {
        return VARIABLE.matcher(text)
                .replaceAll(
                        match -> Matcher.quoteReplacement("-".equals(match.group(2)) ? match.group(3) : match.group()));
    }

    static Map<String, String> texts(@Nullable Object map) {
        Map<String, String> texts = new LinkedHashMap<>();
        map(map).forEach((key, value) -> texts.put(key, String.valueOf(value)));
        return texts;
    }

    static Map<String, Object> map(@Nullable Object value) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (value != null) {
            ((Map<?, ?>) value).forEach((key, each) -> map.put(String.valueOf(key), each));
        }
        return map;
    }

    static List<?> list(@Nullable Object value) {
        return value == null ? List.of() : (List<?>) value;
    }
}
