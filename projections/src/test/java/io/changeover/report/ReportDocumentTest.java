package io.changeover.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReportDocumentTest {

    private static final String NASTY = "a|b <script>alert('x')</script> & \"q\" `c` *d* [e](f)\n# g\u0000\ud800\uffff";

    private static ReportDocument nasty() {
        return new ReportDocument("Title " + NASTY)
                .heading("Part " + NASTY)
                .paragraph(NASTY)
                .table(List.of(List.of(NASTY, "1")), "None.", "Name " + NASTY, "Number")
                .table(List.of(), "Nothing.", "Name");
    }

    @Test
    void no_text_is_markup_in_markdown() {
        String escaped =
                "a\\|b \\<script\\>alert('x')\\</script\\> \\& \"q\" \\`c\\` \\*d\\* \\[e\\](f) \\# g \ud800\uffff";
        assertThat(nasty().markdown())
                .isEqualTo(
                        """
                # Title %1$s

                ## Part %1$s

                %1$s

                | Name %1$s | Number |
                | --- | --- |
                | %1$s | 1 |

                Nothing.
                """
                                .formatted(escaped));
    }

    @Test
    void no_text_is_markup_in_a_page_which_is_well_formed_and_needs_nothing_else() throws Exception {
        String page = nasty().html();
        assertThat(page)
                .startsWith("<!DOCTYPE html>\n<html lang=\"en\">\n")
                .doesNotContain("<script", "http", "\u0000");
        Document parsed = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(page)));
        assertThat(parsed.getElementsByTagName("script").getLength()).isZero();
        assertThat(parsed.getElementsByTagName("td").item(0).getTextContent())
                .isEqualTo("a|b <script>alert('x')</script> & \"q\" `c` *d* [e](f) # g   ");
        assertThat(parsed.getElementsByTagName("title").item(0).getTextContent())
                .startsWith("Title a|b <script>");
    }

    @Test
    void a_row_with_too_few_cells_is_refused() {
        assertThatThrownBy(() -> new ReportDocument("Title").table(List.of(List.of("a")), "", "A", "B"))
                .hasMessage("A row has 1 cells but there are 2 columns: [A, B]");
    }
}
