package io.changeover.projection;

import io.changeover.view.Column;
import java.util.Optional;
import java.util.UUID;

/** Homes as text and as values of the first key column. */
public final class HomeText {

    private HomeText() {}

    /** The value whose text this is; empty where it is the text of no value of the column. */
    public static Optional<Object> value(Column home, String text) {
        try {
            Object value =
                    switch (home.type()) {
                        case INTEGER -> Integer.valueOf(text);
                        case BIGINT -> Long.valueOf(text);
                        case UUID -> UUID.fromString(text);
                        default -> text;
                    };
            return value.toString().equals(text) ? Optional.of(value) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
