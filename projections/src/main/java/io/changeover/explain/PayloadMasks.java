package io.changeover.explain;

import io.changeover.catalog.DomainFiles;
import io.changeover.catalog.EventDomains;
import io.changeover.event.EventTypes;
import io.changeover.parity.Masks;
import io.changeover.schema.EventSchemas;
import io.changeover.schema.SensitiveFields;
import io.changeover.schema.UnsupportedEventClassException;
import io.changeover.upcast.EventSteps;
import io.changeover.upcast.EventTree;
import io.changeover.upcast.Revision;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts masks in place of what is sensitive in payloads. What that is, today's classes say, and the agreed schema of an older
 * revision where there is one. A payload of another revision shows only what is known to become a field that is not
 * sensitive, unless nothing of the event is. Safe for use by several threads.
 */
final class PayloadMasks {

    /**
     * What a class says.
     *
     * @param fields its fields
     * @param sensitive paths of what is sensitive; null where the class cannot be read, so that everything may be
     */
    private record Known(Set<String> fields, @Nullable List<String> sensitive) {

        boolean hides(String field) {
            return sensitive == null
                    || sensitive.stream()
                            .anyMatch(path -> path.equals(field)
                                    || path.startsWith(field + ".")
                                    || path.startsWith(field + "[")
                                    || path.startsWith(field + "{"));
        }

        boolean hidesNothing() {
            return sensitive != null && sensitive.isEmpty();
        }
    }

    private final EventDomains domains;
    private final EventTypes types;
    private final EventSteps steps;
    private final Map<String, Known> byName = new ConcurrentHashMap<>();
    private final Map<Revision, Set<String>> shown = new ConcurrentHashMap<>();
    private final Map<Revision, List<String>> agreed = new ConcurrentHashMap<>();

    PayloadMasks(EventDomains domains, EventTypes types, EventSteps steps) {
        this.domains = domains;
        this.types = types;
        this.steps = steps;
    }

    /** A masked copy of an event in the revision of today's class. */
    ObjectNode today(EventTree event, Masks masks) {
        ObjectNode copy = event.payload().deepCopy();
        List<String> sensitive = known(event.name()).sensitive();
        if (sensitive == null) {
            hideAllBut(copy, Set.of(), masks);
        } else {
            sensitive.forEach(path -> hide(copy, path, masks));
        }
        return copy;
    }

    /** A masked copy of an event in the revision in which it is stored. */
    ObjectNode stored(EventTree event, Masks masks) {
        Revision revision = event.key();
        if (types.currentRevision(event.name())
                .filter(current -> current.equals(event.revision()))
                .isPresent()) {
            return today(event, masks);
        }
        ObjectNode copy = event.payload().deepCopy();
        boolean nothing = steps.namesReachedFrom(event.name()).stream()
                .filter(name -> types.classOf(name).isPresent())
                .allMatch(name -> known(name).hidesNothing());
        if (!nothing) {
            hideAllBut(copy, shown.computeIfAbsent(revision, this::shown), masks);
        }
        agreed.computeIfAbsent(revision, this::agreed).forEach(path -> hide(copy, path, masks));
        return copy;
    }

    /** Fields of the stored payload that become fields which are not sensitive, and nothing else. */
    private Set<String> shown(Revision revision) {
        Set<String> fit = new HashSet<>();
        Set<String> unfit = new HashSet<>();
        for (String name : steps.namesReachedFrom(revision.name())) {
            Known known = known(name);
            for (String field : known.fields()) {
                Optional<String> origin = steps.fieldOrigins(name, field).getOrDefault(revision, Optional.empty());
                origin.ifPresent(known.hides(field) ? unfit::add : fit::add);
            }
        }
        fit.removeAll(unfit);
        return fit;
    }

    private List<String> agreed(Revision revision) {
        return domains.of(revision.name())
                .flatMap(domain -> DomainFiles.packaged(domain).lock().schema(revision))
                .map(SensitiveFields::paths)
                .orElse(List.of());
    }

    private Known known(String name) {
        return byName.computeIfAbsent(
                name, each -> types.classOf(each).map(PayloadMasks::read).orElse(new Known(Set.of(), null)));
    }

    private static Known read(Class<?> type) {
        try {
            ObjectNode schema = EventSchemas.of(type);
            Collection<String> fields = schema.path("properties").propertyNames();
            return new Known(Set.copyOf(fields), SensitiveFields.paths(schema));
        } catch (UnsupportedEventClassException e) {
            return new Known(Set.of(), null);
        }
    }

    private static void hideAllBut(ObjectNode payload, Set<String> fields, Masks masks) {
        for (String field : List.copyOf(payload.propertyNames())) {
            if (!fields.contains(field)) {
                hideField(payload, field, masks);
            }
        }
    }

    /** Hides what lies at a path such as {@code lines[].phone}. */
    private static void hide(JsonNode at, String path, Masks masks) {
        if (path.startsWith("[]") || path.startsWith("{}")) {
            String rest = path.substring(2).startsWith(".") ? path.substring(3) : path.substring(2);
            if (at instanceof ArrayNode list) {
                for (int i = 0; i < list.size(); i++) {
                    if (rest.isEmpty()) {
                        list.set(i, mask("", list.get(i), masks));
                    } else {
                        hide(list.get(i), rest, masks);
                    }
                }
            } else if (at instanceof ObjectNode map) {
                for (String key : List.copyOf(map.propertyNames())) {
                    if (rest.isEmpty()) {
                        hideField(map, key, masks);
                    } else {
                        hide(map.path(key), rest, masks);
                    }
                }
            }
            return;
        }
        int end = 0;
        while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[' && path.charAt(end) != '{') {
            end++;
        }
        String field = path.substring(0, end);
        if (at instanceof ObjectNode object && object.has(field)) {
            if (end == path.length()) {
                hideField(object, field, masks);
            } else {
                hide(object.path(field), path.substring(path.charAt(end) == '.' ? end + 1 : end), masks);
            }
        }
    }

    private static void hideField(ObjectNode object, String field, Masks masks) {
        object.set(field, mask(field, object.path(field), masks));
    }

    /** The mask that a row's component of this name and value has. */
    private static JsonNode mask(String field, JsonNode value, Masks masks) {
        return value.isNull() || value.isMissingNode() || !masks.isHiding()
                ? value
                : JsonNodeFactory.instance.stringNode(
                        masks.mask(field, value.isValueNode() ? value.asString() : value.toString()));
    }
}
