package io.changeover.event;

import java.time.DateTimeException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.ext.javatime.deser.LocalDateDeserializer;
import tools.jackson.databind.module.SimpleModule;

/**
 * Reads dates that are written {@code yyyy-MM-dd} without the general formatter, which takes a tenth of the time in which
 * a whole event is read. Everything else goes to Jackson's own reader, so what is accepted and what is refused stay as
 * they are.
 */
final class PlainDates extends SimpleModule {

    private static final long serialVersionUID = 1L;

    PlainDates() {
        super("plain-dates");
        setDeserializerModifier(new ValueDeserializerModifier() {
            private static final long serialVersionUID = 1L;

            @Override
            public ValueDeserializer<?> modifyDeserializer(
                    DeserializationConfig config, BeanDescription.Supplier type, ValueDeserializer<?> reader) {
                return reader instanceof LocalDateDeserializer ? new PlainDate(reader) : reader;
            }
        });
    }

    private static final class PlainDate extends StdDeserializer<LocalDate> {

        private final ValueDeserializer<?> general;

        private PlainDate(ValueDeserializer<?> general) {
            super(LocalDate.class);
            this.general = general;
        }

        /** A property with a format of its own is read by the general reader only. */
        @Override
        public ValueDeserializer<?> createContextual(DeserializationContext context, @Nullable BeanProperty property) {
            ValueDeserializer<?> contextual = general.createContextual(context, property);
            return contextual == general ? this : contextual;
        }

        @Override
        public @Nullable LocalDate deserialize(JsonParser parser, DeserializationContext context) {
            if (parser.currentToken() == JsonToken.VALUE_STRING) {
                LocalDate plain = plain(parser.getString());
                if (plain != null) {
                    return plain;
                }
            }
            return (LocalDate) general.deserialize(parser, context);
        }

        private static @Nullable LocalDate plain(String text) {
            if (text.length() != 10 || text.charAt(4) != '-' || text.charAt(7) != '-') {
                return null;
            }
            int year = digits(text, 0, 4);
            int month = digits(text, 5, 7);
            int day = digits(text, 8, 10);
            if (year < 0 || month < 0 || day < 0) {
                return null;
            }
            try {
                return LocalDate.of(year, month, day);
            } catch (DateTimeException e) {
                return null; // the general reader says what is wrong
            }
        }

        private static int digits(String text, int from, int to) {
            int value = 0;
            for (int i = from; i < to; i++) {
                int digit = text.charAt(i) - '0';
                if (digit < 0 || digit > 9) {
                    return -1;
                }
                value = value * 10 + digit;
            }
            return value;
        }
    }
}
