package io.changeover.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.view.VersionId;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LogFieldsTest {

    @Test
    void fields_are_there_until_they_are_closed_and_those_of_before_come_back() {
        MDC.put("position", "1");
        try (LogFields outer = LogFields.of(VersionId.parse("order-board@2")).upTo(7)) {
            assertThat(MDC.getCopyOfContextMap())
                    .containsEntry("view", "order-board")
                    .containsEntry("version", "order-board@2")
                    .containsEntry("position", "7");
            try (LogFields inner = outer.upTo(8)) {
                assertThat(inner).isSameAs(outer);
                assertThat(MDC.get("position")).isEqualTo("8");
            }
        }
        assertThat(MDC.get("position")).isEqualTo("1");
        assertThat(MDC.get("view")).isNull();
        MDC.remove("position");
    }

    @Test
    void a_changeover_is_named_by_both_its_versions() {
        LogFields fields = LogFields.of(VersionId.parse("order-board@1"), VersionId.parse("order-board@2"));
        assertThat(MDC.get("changeover")).isEqualTo("order-board:1-2");
        fields.close();
        assertThat(MDC.get("changeover")).isNull();
    }
}
