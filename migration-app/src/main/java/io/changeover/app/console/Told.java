package io.changeover.app.console;

import io.changeover.operation.OperationRefusedException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A part of a page, or why there is none, so that one refusal does not take the page away.
 *
 * @param value what is shown, or null where it was refused
 * @param why the refusal, or null where there is a value
 */
record Told<T>(@Nullable T value, @Nullable String why) {

    static <T> Told<T> of(Supplier<T> part) {
        try {
            return new Told<>(part.get(), null);
        } catch (OperationRefusedException e) {
            return new Told<>(null, e.getMessage());
        }
    }
}
