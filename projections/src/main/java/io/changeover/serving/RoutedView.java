package io.changeover.serving;

import io.changeover.view.RoutingKey;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The implementation of a view's interface that readers get: it sends each call to the version that serves it. */
public final class RoutedView implements InvocationHandler {

    private static final int NO_KEY = -1;

    private final String view;
    private final Router router;
    private final Map<Integer, Object> reads;
    private final Map<Method, Call> calls = new HashMap<>();

    /** A method of the interface, callable though the interface may be hidden in its package, and where its key is. */
    private record Call(Method method, int keyParameter) {}

    private RoutedView(String view, Class<?> type, Router router, Map<Integer, Object> reads) {
        this.view = view;
        this.router = router;
        this.reads = Map.copyOf(reads);
        for (Method method : type.getMethods()) {
            method.setAccessible(true);
            calls.put(method, new Call(method, keyParameter(method)));
        }
    }

    /**
     * A router behind the interface.
     *
     * @param type the view's interface
     * @param reads its implementations, by number of version
     */
    public static <T> T of(String view, Class<T> type, Router router, Map<Integer, Object> reads) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, new RoutedView(view, type, router, reads)));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return ofObject(proxy, method, arguments);
        }
        Call call = Objects.requireNonNull(calls.get(method));
        int version = router.route(view, routingKey(call, arguments));
        Object target = reads.get(version);
        if (target == null) {
            throw new IllegalStateException(
                    "Version %d of view '%s' serves, but this application has no class with @Serves(view = \"%s\", version = %d); add it or move reads to another version"
                            .formatted(version, view, view, version));
        }
        ReaderContext.answered(view, version);
        try {
            return call.method().invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    private @Nullable String routingKey(Call call, @Nullable Object @Nullable [] arguments) {
        if (call.keyParameter() == NO_KEY || arguments == null) {
            return ReaderContext.currentKey();
        }
        Object key = arguments[call.keyParameter()];
        return key == null ? null : key.toString();
    }

    private static int keyParameter(Method method) {
        Annotation[][] annotations = method.getParameterAnnotations();
        for (int i = 0; i < annotations.length; i++) {
            for (Annotation annotation : annotations[i]) {
                if (annotation instanceof RoutingKey) {
                    return i;
                }
            }
        }
        return NO_KEY;
    }

    private Object ofObject(Object proxy, Method method, @Nullable Object @Nullable [] arguments) {
        return switch (method.getName()) {
            case "equals" -> arguments != null && proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "router of view " + view;
        };
    }
}
