package io.changeover.effect;

import io.changeover.sensitive.SensitiveValues;
import java.util.Collection;

/** Says why an effect has failed, in few words and without what the event holds for nobody's eyes. */
final class FailureText {

    private static final int MAX_LENGTH = 500;

    private FailureText() {}

    /**
     * The failure's class and message.
     *
     * @param events events for which the effect was called; what they hold that is sensitive is masked
     */
    static String of(Throwable failure, Collection<?> events) {
        String message = failure.getMessage();
        String text = failure.getClass().getSimpleName() + (message == null ? "" : ": " + message);
        String shown = SensitiveValues.of(events).without(text);
        return shown.length() <= MAX_LENGTH ? shown : shown.substring(0, MAX_LENGTH - 3) + "...";
    }
}
