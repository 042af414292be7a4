package io.changeover.report;

import io.changeover.report.ReportDocument.Block;
import io.changeover.report.ReportDocument.Heading;
import io.changeover.report.ReportDocument.Paragraph;
import io.changeover.report.ReportDocument.Table;
import java.util.List;

/** One page with its style inside, which reads well on paper too; well-formed, so that it can be checked as XML. */
final class HtmlWriter {

    private static final String STYLE =
            """
            body { font: 15px/1.45 system-ui, sans-serif; color: #1a1a1a; background: #fff; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
            h1 { font-size: 1.6rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
            table { border-collapse: collapse; width: 100%; font-size: 0.87rem; }
            th, td { border: 1px solid #bbb; padding: 0.3rem 0.5rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
            th { background: #f0f0f0; }
            @media print { body { margin: 0; max-width: none; font-size: 10pt; } thead { display: table-header-group; } tr { break-inside: avoid; } h2 { break-after: avoid; } }
            """;

    private HtmlWriter() {}

    static String write(ReportDocument document) {
        String title = escaped(document.title());
        StringBuilder text = new StringBuilder(
                """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <title>%s</title>
                <style>
                %s</style>
                </head>
                <body>
                <h1>%s</h1>
                """
                        .formatted(title, STYLE, title));
        for (Block block : document.blocks()) {
            if (block instanceof Heading heading) {
                text.append("<h2>%s</h2>\n".formatted(escaped(heading.text())));
            } else if (block instanceof Paragraph paragraph) {
                text.append("<p>%s</p>\n".formatted(escaped(paragraph.text())));
            } else if (block instanceof Table table) {
                text.append("<table>\n<thead>\n");
                row(text, table.head(), "th");
                text.append("</thead>\n<tbody>\n");
                table.rows().forEach(cells -> row(text, cells, "td"));
                text.append("</tbody>\n</table>\n");
            }
        }
        return text.append("</body>\n</html>\n").toString();
    }

    private static void row(StringBuilder text, List<String> cells, String tag) {
        text.append("<tr>");
        cells.forEach(cell -> text.append("<%1$s>%2$s</%1$s>".formatted(tag, escaped(cell))));
        text.append("</tr>\n");
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(point -> {
            switch (point) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.appendCodePoint(isAllowed(point) ? point : ' ');
            }
        });
        return escaped.toString();
    }

    /** Neither controls nor halves of pairs, which a page may not have, not even as references. */
    private static boolean isAllowed(int point) {
        return !Character.isISOControl(point)
                && Character.getType(point) != Character.SURROGATE
                && (point & 0xFFFE) != 0xFFFE;
    }
}
