package io.changeover.projection;

import io.changeover.view.Column;
import java.util.Optional;
import java.util.UUID;

/** Homes as text and as values of the first key column. */
public final class HomeText {

    private HomeText() {}

    /** The value whose text this is; empty where it is the text of no value of the column. */
    public static Optional<Object> value(Column home, String text) {
        return read(home, text).filter(value -> value.toString().equals(text));
    }

    /** The text of the value that is written here in some way, such as {@code 007}; empty where there is none. */
    public static Optional<String> normalised(Column home, String written) {
        return read(home, written).map(Object::toString);
    }

    private static Optional<Object> read(Column home, String text) {
        try {
            return Optional.of(
                    switch (home.type()) {
                        case INTEGER -> Integer.valueOf(text);
                        case BIGINT -> Long.valueOf(text);
                        case UUID -> UUID.fromString(text);
                        default -> text;
                    });
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
