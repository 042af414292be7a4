package io.changeover.app.rehearsal;

import io.changeover.app.rehearsal.RehearsalResult.Case;
import java.time.Duration;
import java.util.Locale;

/** The form of test reports that build servers read. */
final class JunitXml {

    private JunitXml() {}

    static String write(RehearsalResult result) {
        StringBuilder text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        text.append("<testsuite name=\"%s\" tests=\"%d\" failures=\"%d\" errors=\"0\" skipped=\"0\" time=\"%s\">\n"
                .formatted(
                        escaped("rehearsal of " + result.what()),
                        result.cases().size(),
                        result.cases().stream().filter(Case::failed).count(),
                        seconds(result.duration())));
        for (Case each : result.cases()) {
            text.append("  <testcase classname=\"%s\" name=\"%s\" time=\"%s\""
                    .formatted(escaped("rehearsal." + each.stage()), escaped(each.name()), seconds(each.took())));
            String failure = each.failure();
            if (failure == null) {
                text.append("/>\n");
            } else {
                text.append(">\n    <failure message=\"%1$s\" type=\"rehearsal\">%1$s</failure>\n  </testcase>\n"
                        .formatted(escaped(failure)));
            }
        }
        if (!result.notRehearsed().isEmpty()) {
            text.append("  <system-out>%s</system-out>\n"
                    .formatted(escaped("Not rehearsed: " + String.join("; ", result.notRehearsed()))));
        }
        return text.append("</testsuite>\n").toString();
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.3f", duration.toMillis() / 1000.0);
    }

    /** What XML 1.0 cannot hold, not even as a reference, becomes a question mark. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(point -> {
            switch (point) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                case '\n' -> escaped.append("&#10;");
                case '\t' -> escaped.append("&#9;");
                default -> escaped.appendCodePoint(isAllowed(point) ? point : '?');
            }
        });
        return escaped.toString();
    }

    private static boolean isAllowed(int point) {
        return point >= ' ' && Character.getType(point) != Character.SURROGATE && (point & 0xFFFE) != 0xFFFE;
    }
}
