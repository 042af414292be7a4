package io.changeover.view;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The key of a row: its home and, where the key has more components, the rest. Immutable. */
public final class RowKey {

    private final Object[] parts;
    private final int hash;

    private RowKey(Object[] parts) {
        this.parts = parts;
        this.hash = Arrays.hashCode(parts);
    }

    /** A key of the given components, which must not be null. */
    public static RowKey of(Object... parts) {
        return new RowKey(parts.clone());
    }

    /** The first component. */
    public Object home() {
        return parts[0];
    }

    /** The home as text, the form in which homes are compared between versions and parked. */
    public String homeText() {
        return parts[0].toString();
    }

    /** All components in order. */
    public List<Object> parts() {
        return List.of(parts);
    }

    /** The component at the index. */
    Object part(int index) {
        return parts[index];
    }

    /** Number of components. */
    public int size() {
        return parts.length;
    }

    /** Whether the key has the components of the prefix at its beginning. */
    public boolean startsWith(RowKey prefix) {
        return prefix.parts.length <= parts.length
                && Arrays.equals(parts, 0, prefix.parts.length, prefix.parts, 0, prefix.parts.length);
    }

    /** The components as text. */
    public List<String> texts() {
        return Arrays.stream(parts).map(Object::toString).toList();
    }

    /** For people: the components joined by a slash. */
    @Override
    public String toString() {
        return Arrays.stream(parts).map(Object::toString).collect(Collectors.joining("/"));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RowKey key && Arrays.equals(parts, key.parts);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
