package io.changeover.app.api;

import io.changeover.changeover.GateReading;
import org.springframework.boot.jackson.JacksonComponent;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/** Writes what a gate says as every other word of the API is written: {@code hold}. */
@JacksonComponent
final class GateVerdictJson extends ValueSerializer<GateReading.Verdict> {

    @Override
    public void serialize(GateReading.Verdict value, JsonGenerator json, SerializationContext context) {
        json.writeString(value.text());
    }
}
