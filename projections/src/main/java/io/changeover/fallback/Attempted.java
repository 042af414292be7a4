package io.changeover.fallback;

import io.changeover.serving.ReadCall;
import org.jspecify.annotations.Nullable;

/**
 * What came of asking a version. A failure is carried and not thrown, so that it is never taken for one of the machinery
 * between threads.
 *
 * @param value the answer, which may be null
 * @param failure what the version threw, or null where it answered
 */
record Attempted(@Nullable Object value, @Nullable Throwable failure) {

    static Attempted at(ReadCall call, int version) {
        try {
            return new Attempted(call.at(version), null);
        } catch (Throwable e) { // carried, and thrown where it is judged
            return new Attempted(null, e);
        }
    }
}
