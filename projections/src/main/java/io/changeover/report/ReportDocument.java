package io.changeover.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Headings, paragraphs and tables, to be written as Markdown or HTML. What is put in is text and stays text: neither form
 * takes any of it for markup. Not safe for use by several threads while it is filled.
 */
public final class ReportDocument {

    private final String title;
    private final List<Block> blocks = new ArrayList<>();

    /** A document that has only its title. */
    public ReportDocument(String title) {
        this.title = title;
    }

    /** A piece of the document. */
    public sealed interface Block permits Heading, Paragraph, Table {}

    /**
     * The beginning of a part.
     *
     * @param text what the part is about
     */
    public record Heading(String text) implements Block {}

    /**
     * A paragraph.
     *
     * @param text its text
     */
    public record Paragraph(String text) implements Block {}

    /**
     * A table.
     *
     * @param head names of the columns
     * @param rows at least one row, each with as many cells as there are columns
     */
    public record Table(List<String> head, List<List<String>> rows) implements Block {}

    /** Begins a part. */
    public ReportDocument heading(String text) {
        blocks.add(new Heading(text));
        return this;
    }

    /** Adds a paragraph. */
    public ReportDocument paragraph(String text) {
        blocks.add(new Paragraph(text));
        return this;
    }

    /**
     * Adds a table, or what is said instead when it has no rows.
     *
     * @param rows as many cells each as there are columns
     */
    public ReportDocument table(List<List<String>> rows, String none, String... columns) {
        if (rows.isEmpty()) {
            return paragraph(none);
        }
        for (List<String> row : rows) {
            if (row.size() != columns.length) {
                throw new IllegalArgumentException("A row has %d cells but there are %d columns: %s"
                        .formatted(row.size(), columns.length, Arrays.toString(columns)));
            }
        }
        blocks.add(new Table(List.of(columns), List.copyOf(rows)));
        return this;
    }

    /** What it is about. */
    public String title() {
        return title;
    }

    /** Its pieces so far, in order, for whoever writes it in a form of their own. */
    public List<Block> blocks() {
        return List.copyOf(blocks);
    }

    /** The document in Markdown, with tables as GitHub has them. */
    public String markdown() {
        return MarkdownWriter.write(this);
    }

    /** The document as one HTML page that needs no other file and runs no script. */
    public String html() {
        return HtmlWriter.write(this);
    }
}
