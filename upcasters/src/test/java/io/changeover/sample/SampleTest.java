package io.changeover.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SampleTest {

    @Test
    void keeps_every_digit_of_a_stored_amount() {
        String text =
                """
                {
                  "event": "payment.received",
                  "revision": "1",
                  "payload": {
                    "amount": 12345678901234567.890,
                    "rate": 1.50
                  }
                }
                """;
        assertThat(Sample.parse("largest", text).toText()).isEqualTo(text);
    }

    @Test
    void names_the_file_that_cannot_be_read_because_many_have_one_label(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("payment.received/1/largest.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "{\n  \"event\": ");
        assertThatExceptionOfType(InvalidSampleException.class)
                .isThrownBy(() -> Samples.in(folder))
                .withMessage(
                        "Sample '%s' must be JSON but at line 2 it is not: Unexpected end-of-input within/between Object entries; correct the file, or mine it again",
                        file);
        Files.writeString(file, "[]");
        assertThatExceptionOfType(InvalidSampleException.class)
                .isThrownBy(() -> Samples.in(folder))
                .withMessage("Sample '%s' must be a JSON object; correct the file, or mine it again", file);
    }
}
