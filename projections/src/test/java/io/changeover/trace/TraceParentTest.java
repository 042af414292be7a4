package io.changeover.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TraceParentTest {

    private static final TraceParent PARENT = new TraceParent("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331");

    private static TraceParent in(String metadata) {
        return TraceParent.in(metadata.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void it_is_found_among_other_metadata_in_whatever_layout() {
        assertThat(in("{\"correlationId\":\"x\",\"traceparent\":\"%s\",\"é\":1}".formatted(PARENT.header())))
                .isEqualTo(PARENT);
        assertThat(in("{ \"traceparent\" :\n  \"%s\" }".formatted(PARENT.header())))
                .isEqualTo(PARENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"traceparent\":",
                "{\"traceparent\":null}",
                "{\"traceparent\":\"00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01\"}",
                "{\"traceparent\":\"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00\"}",
                "{\"traceparents\":\"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\"}"
            })
    void what_names_no_sampled_span_is_none(String metadata) {
        assertThat(in(metadata)).isNull();
    }
}
