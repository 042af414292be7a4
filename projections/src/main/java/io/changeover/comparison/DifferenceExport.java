package io.changeover.comparison;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/**
 * All differences of a comparison in the order of their numbers, as CSV or as JSON lines.
 *
 * <p>CSV: a header line, then the kind, the key by component, the fields that differ with spaces between them, and for
 * each other component of the canonical record its value on the left and on the right. A cell is empty where there is no
 * value, {@code ""} for an empty text, JSON for lists and records. A text that a spreadsheet would take for a formula,
 * because it begins with {@code = + - @}, a tab or a carriage return, gets an apostrophe in front, and so does one that
 * begins with an apostrophe: take one away to have the value. Numbers stay as they are.
 */
public final class DifferenceExport {

    private static final int PAGE = 1_000;

    private final Comparison comparison;
    private final ExportFormat format;
    private final long count;
    private final Pages pages;

    /** Gives the differences of a comparison after a number, at most so many. */
    @FunctionalInterface
    public interface Pages {

        /** @param number number of the last one that is known already, 0 for none */
        List<StoredDifference> after(UUID comparison, long number, int limit);
    }

    /**
     * An export of a comparison.
     *
     * @param count how many differences it has
     * @param pages gives them
     */
    public DifferenceExport(Comparison comparison, ExportFormat format, long count, Pages pages) {
        this.comparison = comparison;
        this.format = format;
        this.count = count;
        this.pages = pages;
    }

    /** How many differences there are, each one record of the export. */
    public long count() {
        return count;
    }

    /** The comparison. */
    public Comparison comparison() {
        return comparison;
    }

    /** The form. */
    public ExportFormat format() {
        return format;
    }

    /**
     * Writes all, page by page in a statement each: neither memory nor a snapshot of the database is held for as long as
     * it takes. Does not close the stream.
     *
     * @throws IOException when the stream takes no more
     * @throws IllegalStateException when differences were removed meanwhile; what was written is not all then
     */
    public void writeTo(OutputStream stream) throws IOException {
        Writer out = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
        DifferenceLines lines =
                switch (format) {
                    case CSV -> new CsvLines(comparison);
                    case JSONL -> new JsonLines(comparison);
                };
        lines.head(out);
        long written = 0;
        long last = 0;
        List<StoredDifference> page = pages.after(comparison.id(), last, PAGE);
        while (!page.isEmpty()) {
            for (StoredDifference difference : page) {
                lines.line(difference, out);
                last = difference.number();
            }
            written += page.size();
            out.flush(); // so that whoever waits sees that it comes
            page = pages.after(comparison.id(), last, PAGE);
        }
        if (written != count) {
            throw new IllegalStateException(
                    "Comparison '%s' had %d differences when its export began but %d were found; it was removed meanwhile, so compare again"
                            .formatted(comparison.id(), count, written));
        }
        out.flush();
    }
}
