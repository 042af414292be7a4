package io.changeover.benchmark.serving.call;

import io.changeover.serving.ReaderContext;
import io.changeover.serving.Router;
import io.changeover.view.RoutingKey;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The usual way to put something before an interface: a dynamic proxy, which calls the version by reflection. */
final class ProxiedView implements InvocationHandler {

    private static final int NO_KEY = -1;

    private final String view;
    private final Router router;
    private final Map<Integer, Object> reads;
    private final Map<Method, Integer> keys = new HashMap<>();

    private ProxiedView(String view, Class<?> type, Router router, Map<Integer, Object> reads) {
        this.view = view;
        this.router = router;
        this.reads = Map.copyOf(reads);
        Stream.of(type.getMethods()).forEach(method -> keys.put(method, keyParameter(method)));
    }

    static <T> T of(String view, Class<T> type, Router router, Map<Integer, Object> reads) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, new ProxiedView(view, type, router, reads)));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        int key = keys.get(method);
        String reader = key == NO_KEY || arguments == null
                ? ReaderContext.current()
                        .map(context -> context.reader().routingKey())
                        .orElse(null)
                : String.valueOf(arguments[key]);
        try {
            return method.invoke(reads.get(router.route(view, reader)), arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    private static int keyParameter(Method method) {
        Annotation[][] annotations = method.getParameterAnnotations();
        for (int i = 0; i < annotations.length; i++) {
            if (Stream.of(annotations[i]).anyMatch(RoutingKey.class::isInstance)) {
                return i;
            }
        }
        return NO_KEY;
    }
}
