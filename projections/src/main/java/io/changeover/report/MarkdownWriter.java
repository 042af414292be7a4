package io.changeover.report;

import io.changeover.report.ReportDocument.Block;
import io.changeover.report.ReportDocument.Heading;
import io.changeover.report.ReportDocument.Paragraph;
import io.changeover.report.ReportDocument.Table;
import java.util.List;
import java.util.stream.Collectors;

/** Markdown, in which every character of a text stands for itself. */
final class MarkdownWriter {

    private static final String SPECIAL = "\\`*_[]<>|#~&";

    private MarkdownWriter() {}

    static String write(ReportDocument document) {
        StringBuilder text = new StringBuilder("# %s\n".formatted(escaped(document.title())));
        for (Block block : document.blocks()) {
            text.append('\n');
            if (block instanceof Heading heading) {
                text.append("## %s\n".formatted(escaped(heading.text())));
            } else if (block instanceof Paragraph paragraph) {
                text.append(escaped(paragraph.text())).append('\n');
            } else if (block instanceof Table table) {
                text.append(row(table.head()));
                text.append(
                        table.head().stream().map(column -> "---").collect(Collectors.joining(" | ", "| ", " |\n")));
                table.rows().forEach(cells -> text.append(row(cells)));
            }
        }
        return text.toString();
    }

    private static String row(List<String> cells) {
        return cells.stream().map(MarkdownWriter::escaped).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    /** A line break would end a table's row or begin a list, so it becomes a space. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(point -> {
            if (Character.isISOControl(point)) {
                escaped.append(' ');
            } else {
                if (SPECIAL.indexOf(point) >= 0) {
                    escaped.append('\\');
                }
                escaped.appendCodePoint(point);
            }
        });
        return escaped.toString();
    }
}
