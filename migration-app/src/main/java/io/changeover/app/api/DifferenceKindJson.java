package io.changeover.app.api;

import io.changeover.parity.DifferingRow;
import org.springframework.boot.jackson.JacksonComponent;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/** Writes what is the matter with a row as every other word of the API is written: {@code missing}. */
@JacksonComponent
final class DifferenceKindJson extends ValueSerializer<DifferingRow.Kind> {

    @Override
    public void serialize(DifferingRow.Kind value, JsonGenerator json, SerializationContext context) {
        json.writeString(Parameters.word(value));
    }
}
