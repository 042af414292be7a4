package io.changeover.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Rows in aligned columns; columns whose every value is a number are aligned to the right. */
final class Table {

    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    Table(String... head) {
        rows.add(List.of(head));
    }

    Table row(Object... cells) {
        rows.add(Arrays.stream(cells).map(String::valueOf).toList());
        return this;
    }

    @Override
    public String toString() {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        boolean[] numeric = new boolean[columns];
        for (int column = 0; column < columns; column++) {
            int at = column;
            widths[at] =
                    rows.stream().mapToInt(row -> row.get(at).length()).max().orElse(0);
            List<String> values = rows.stream()
                    .skip(1)
                    .map(row -> row.get(at))
                    .filter(cell -> !cell.equals("-"))
                    .toList();
            numeric[at] = !values.isEmpty() && values.stream().allMatch(cell -> cell.matches("-?[0-9][0-9,.]*( %)?"));
        }
        return rows.stream().map(row -> line(row, widths, numeric)).collect(Collectors.joining("\n"));
    }

    private static String line(List<String> row, int[] widths, boolean[] numeric) {
        List<String> cells = new ArrayList<>();
        for (int column = 0; column < row.size(); column++) {
            String cell = row.get(column);
            String padding = " ".repeat(widths[column] - cell.length());
            cells.add(numeric[column] ? padding + cell : cell + padding);
        }
        return String.join(GAP, cells).stripTrailing();
    }
}
