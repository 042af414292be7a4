package io.changeover.app.api;

import io.changeover.selfcheck.SelfCheckReport;
import java.util.Locale;
import org.springframework.boot.jackson.JacksonComponent;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/** Writes a verdict as every other word of the API is written: {@code not-comparable}. */
@JacksonComponent
final class SelfCheckVerdictJson extends ValueSerializer<SelfCheckReport.Verdict> {

    @Override
    public void serialize(SelfCheckReport.Verdict value, JsonGenerator json, SerializationContext context) {
        json.writeString(value.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
}
