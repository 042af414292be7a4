package io.changeover.app.api;

import io.changeover.throttle.ThrottleStatus;
import java.util.Locale;
import org.springframework.boot.jackson.JacksonComponent;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/** Writes the words of the throttle as every other word of the API is written: {@code stopped}, {@code shrink}. */
@JacksonComponent
final class ThrottleJson {

    private ThrottleJson() {}

    /** Writes what becomes of work. */
    static final class State extends ValueSerializer<ThrottleStatus.State> {

        @Override
        public void serialize(ThrottleStatus.State value, JsonGenerator json, SerializationContext context) {
            json.writeString(value.name().toLowerCase(Locale.ROOT));
        }
    }

    /** Writes what a signal wants. */
    static final class Wish extends ValueSerializer<ThrottleStatus.Wish> {

        @Override
        public void serialize(ThrottleStatus.Wish value, JsonGenerator json, SerializationContext context) {
            json.writeString(value.name().toLowerCase(Locale.ROOT));
        }
    }
}
