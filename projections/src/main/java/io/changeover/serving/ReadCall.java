package io.changeover.serving;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call of a method of a view's interface, which can be made at any version of the view, from any thread, any number of
 * times.
 */
public final class ReadCall {

    private final RoutedView routed;
    private final int index;
    private final @Nullable Object[] arguments;
    private final int checked;
    private final Runnable check;

    ReadCall(RoutedView routed, int index, @Nullable Object[] arguments) {
        this(routed, index, arguments, Decision.NONE, () -> {});
    }

    private ReadCall(RoutedView routed, int index, @Nullable Object[] arguments, int checked, Runnable check) {
        this.routed = routed;
        this.index = index;
        this.arguments = arguments;
        this.checked = checked;
        this.check = check;
    }

    /** The same call, which makes sure of something first where the version is asked. */
    ReadCall before(int version, Runnable first) {
        return new ReadCall(routed, index, arguments, version, first);
    }

    /** Name of the view. */
    public String view() {
        return routed.view();
    }

    /** The method of the view's interface. */
    public Method method() {
        return routed.method(index);
    }

    /** The arguments, as they were given; what they hold may change when the caller changes it. */
    public List<@Nullable Object> arguments() {
        return Collections.unmodifiableList(Arrays.asList(arguments));
    }

    /**
     * Asks the version.
     *
     * @throws Throwable whatever the version throws, as it is
     */
    public @Nullable Object at(int version) throws Throwable {
        if (version == checked) {
            check.run();
        }
        return routed.call(index, routed.reads(version), arguments);
    }
}
