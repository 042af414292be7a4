package io.changeover.schema;

import com.networknt.schema.path.NodePath;
import tools.jackson.databind.JsonNode;

/**
 * A place in a payload.
 *
 * @param path as it is shown: with the number of an element, and without the key of a sensitive map
 * @param shape the schema of the place
 * @param value what is there
 * @param inSensitive whether it lies within something that is sensitive
 */
record Location(String path, Shape shape, JsonNode value, boolean inSensitive) {

    static Location of(Shape root, JsonNode payload, NodePath instance) {
        Location at = new Location("", root, payload, root.sensitive());
        for (int i = 0; i < instance.getNameCount(); i++) {
            at = instance.getElement(i) instanceof Integer index ? at.element(index) : at.property(instance.getName(i));
        }
        return at;
    }

    private Location element(int index) {
        Shape items = shape.items();
        return new Location(
                "%s[%d]".formatted(path, index), items, value.path(index), inSensitive || items.sensitive());
    }

    private Location property(String name) {
        Shape field = shape.field(name);
        return new Location(field(name), field, value.path(name), inSensitive || field.sensitive());
    }

    /** The path of a field here. */
    String field(String name) {
        return inSensitive && shape.values().isPresent() ? path + "{}" : Findings.within(path, name);
    }

    /** Whether the value must not be shown. */
    boolean hidden() {
        return inSensitive || shape.holdsSensitive();
    }
}
