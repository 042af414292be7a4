package io.changeover.shadow;

import io.changeover.serving.ReadCall;
import io.changeover.serving.Reader;
import io.changeover.view.VersionId;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A call that was answered and is to be asked of another version.
 *
 * @param reader on whose behalf it was made, or null where nobody said
 * @param answer what the serving version answered; the caller may change it meanwhile
 */
record Sample(ReadCall call, @Nullable Reader reader, Pair pair, @Nullable Object answer) {

    /**
     * Under what a sample is counted.
     *
     * @param older number of the version that served when the changeover began, which may be either of the two
     */
    record Pair(String view, String changeover, String method, int older, int serving, int shadow) {

        VersionId servingId() {
            return new VersionId(view, serving);
        }

        VersionId shadowId() {
            return new VersionId(view, shadow);
        }

        /** Whether the older version serves, so that the answer to the caller is the old one. */
        boolean olderServes() {
            return serving == older;
        }
    }

    /** The method for people, with the types of its parameters, as two may have one name. */
    static String name(Method method) {
        return Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(", ", method.getName() + "(", ")"));
    }
}
