package io.changeover.app.api;

import io.changeover.operation.RollbackReport;
import java.util.Locale;
import org.springframework.boot.jackson.JacksonComponent;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/** Writes a way as every other word of the API is written: {@code as-is}. */
@JacksonComponent
final class WayJson extends ValueSerializer<RollbackReport.Way> {

    @Override
    public void serialize(RollbackReport.Way value, JsonGenerator json, SerializationContext context) {
        json.writeString(value.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
}
