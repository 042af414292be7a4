package io.changeover.effect;

import io.changeover.view.VersionId;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One effect of one version, ready to be called.
 *
 * @param version version that it belongs to
 * @param name name of the effect
 * @param order place among the effects of an event
 * @param eventClass class of the events that cause it
 * @param act the effect itself
 * @param compensation what makes up for it, or null
 */
record EffectMethod(
        VersionId version, String name, int order, Class<?> eventClass, Call act, @Nullable Call compensation) {

    /** A method of a bean, with its arguments in the order in which it takes them. */
    static final class Call {

        private final Object instance;
        private final Method method;

        Call(Object instance, Method method) {
            this.instance = instance;
            this.method = method;
            method.setAccessible(true);
        }

        /** Passes on whatever the method throws. */
        void invoke(Object event, EffectCall call) throws Throwable {
            List<Object> arguments = new ArrayList<>();
            for (Class<?> type : method.getParameterTypes()) {
                arguments.add(type == EffectCall.class ? call : event);
            }
            try {
                method.invoke(instance, arguments.toArray());
            } catch (InvocationTargetException e) {
                Throwable cause = e.getCause();
                throw cause == null ? e : cause;
            }
        }
    }
}
