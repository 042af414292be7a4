package io.changeover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CountedRecordsTest {

    private static CountedRecords read(String text, boolean csv) throws IOException {
        CountedRecords records = new CountedRecords(stream(text), csv);
        records.transferTo(OutputStream.nullOutputStream());
        return records;
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void line_ends_within_quotes_end_no_record_of_csv() throws IOException {
        CountedRecords records = read("a,b\r\n1,\"x\n\"\"y\"\r\n2,\r\n", true);
        assertThat(records.records()).isEqualTo(2);
        assertThat(records.isWhole()).isTrue();
        assertThat(read("a,b\r\n", true).records()).isZero();
    }

    @Test
    void every_line_of_json_lines_is_a_record() throws IOException {
        assertThat(read("{\"a\":\"\\\"\"}\n{}\n", false).records()).isEqualTo(2);
    }

    @Test
    void half_a_record_is_not_whole() throws IOException {
        assertThat(read("{}\n{\"a\":", false).isWhole()).isFalse();
        assertThat(read("a,b\r\n1,\"x\r\n", true).isWhole()).isFalse();
    }

    @Test
    void a_stream_that_breaks_off_ends_and_is_not_whole() throws IOException {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the connection is gone");
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                throw new IOException("the connection is gone");
            }
        };
        CountedRecords records = new CountedRecords(new SequenceInputStream(stream("{}\n"), broken), false);
        records.transferTo(OutputStream.nullOutputStream());
        assertThat(records.records()).isEqualTo(1);
        assertThat(records.isWhole()).isFalse();
    }
}
