package io.changeover.explain;

import io.changeover.projection.HomeText;
import io.changeover.view.CanonicalForm;
import io.changeover.view.Column;
import io.changeover.view.RowShape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The key of a row as somebody wrote it, in the components of the canonical record.
 *
 * @param key its components, as text, each in the form that a value of its type has
 */
record RowName(List<String> key) {

    /**
     * Reads a key.
     *
     * @param written one text for each component, or a single one with slashes between them
     * @throws ExplanationRefusedException when their number or a type is wrong
     */
    static RowName of(String view, RowShape canonical, List<String> written) {
        List<Column> columns = canonical.keys();
        List<String> parts = written.size() == 1 && columns.size() > 1
                ? List.of(written.get(0).split("/", -1))
                : written;
        if (parts.size() != columns.size()) {
            throw refused(view, columns, written);
        }
        List<String> key = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            key.add(HomeText.normalised(columns.get(i), parts.get(i))
                    .orElseThrow(() -> refused(view, columns, written)));
        }
        return new RowName(List.copyOf(key));
    }

    private static ExplanationRefusedException refused(String view, List<Column> columns, List<String> written) {
        return new ExplanationRefusedException(
                "invalid-key",
                "Key '%s' must have the components of the key of '%s', which are %s; give each in this order"
                        .formatted(
                                String.join(" ", written),
                                view,
                                columns.stream()
                                        .map(column -> "%s (%s)"
                                                .formatted(
                                                        column.component(),
                                                        column.type().sql()))
                                        .collect(Collectors.joining(", "))));
    }

    String home() {
        return key.get(0);
    }

    /** Whether the row has this key in canonical form, or, where it has no such form, as it is. */
    boolean isKeyOf(CanonicalForm form, RowShape rows, Object row) {
        try {
            return form.shape().key(form.of(row)).texts().equals(key);
        } catch (IllegalStateException e) {
            return rows.key(row).texts().equals(key);
        }
    }

    @Override
    public String toString() {
        return String.join("/", key);
    }
}
