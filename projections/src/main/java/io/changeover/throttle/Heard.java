package io.changeover.throttle;

import org.jspecify.annotations.Nullable;

/**
 * One look at one signal.
 *
 * @param name name of the signal
 * @param reading what it showed, or null when it could not be read
 * @param failure why it could not be read, or null
 */
record Heard(String name, @Nullable SignalReading reading, @Nullable String failure) {

    static Heard of(String name, SignalReading reading) {
        return new Heard(name, reading, null);
    }

    static Heard failed(String name, String failure) {
        return new Heard(name, null, failure);
    }
}
