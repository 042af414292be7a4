package io.changeover.comparison;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Differences as CSV, see {@link DifferenceExport}. */
final class CsvLines implements DifferenceLines {

    private static final String END = "\r\n";
    private static final String FORMULA = "=+-@\t\r'";
    private static final String QUOTED = ",\"\r\n";

    private final List<String> keys;
    private final List<String> others;

    CsvLines(Comparison comparison) {
        this.keys = comparison.keys();
        this.others = comparison.components().stream()
                .filter(component -> !keys.contains(component))
                .toList();
    }

    @Override
    public void head(Appendable out) throws IOException {
        Stream<String> names = Stream.of(
                        Stream.of("kind"),
                        keys.stream(),
                        Stream.of("fields"),
                        others.stream().flatMap(name -> Stream.of("left." + name, "right." + name)))
                .flatMap(each -> each);
        out.append(String.join(",", names.map(CsvLines::text).toList())).append(END);
    }

    @Override
    public void line(StoredDifference difference, Appendable out) throws IOException {
        List<String> cells = new ArrayList<>();
        cells.add(difference.kind().name().toLowerCase(Locale.ROOT));
        for (int i = 0; i < keys.size(); i++) {
            cells.add(cell(KeyValues.of(difference, keys, i)));
        }
        cells.add(String.join(" ", difference.fields()));
        for (String component : others) {
            cells.add(cell(value(difference.left(), component)));
            cells.add(cell(value(difference.right(), component)));
        }
        out.append(String.join(",", cells)).append(END);
    }

    private static @Nullable JsonNode value(@Nullable JsonNode record, String component) {
        return record == null ? null : record.get(component);
    }

    private static String cell(@Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            return "";
        }
        if (value.isNumber() || value.isBoolean()) {
            return value.asString();
        }
        return text(value.isString() ? value.stringValue() : value.toString());
    }

    private static String text(String text) {
        if (text.isEmpty()) {
            return "\"\""; // which no value is not
        }
        String harmless = FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        boolean quoted = harmless.chars().anyMatch(c -> QUOTED.indexOf(c) >= 0)
                || !harmless.strip().equals(harmless);
        return quoted ? '"' + harmless.replace("\"", "\"\"") + '"' : harmless;
    }
}
