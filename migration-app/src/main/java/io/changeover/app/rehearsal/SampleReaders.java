package io.changeover.app.rehearsal;

import io.changeover.serving.Cohort;
import io.changeover.serving.Reader;
import io.changeover.serving.ReaderContext;
import io.changeover.serving.RouteExplanation;
import io.changeover.serving.Router;
import io.changeover.view.RoutingKey;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One reader for each percent of the cohorts, who ask the router, and the view's own interface where it has one. */
final class SampleReaders {

    private static final int PERCENT = Cohort.COUNT / 100;

    /** Every so many readers also call the interface; each such call asks the database, twice where it is shadowed. */
    private static final int CALLING = 10;

    private final String view;
    private final Router router;
    private final @Nullable Object reads;
    private final List<Method> methods = new ArrayList<>();
    private final List<String> left = new ArrayList<>();
    private final List<String> readers = new ArrayList<>();
    private final List<String> keys;

    /**
     * @param reads what readers of the view inject, or null where it has no reads
     * @param keys some keys of the view's rows, to be asked for by name
     */
    SampleReaders(String view, Router router, @Nullable Object reads, List<String> keys) {
        this.view = view;
        this.router = router;
        this.reads = reads;
        this.keys = keys.isEmpty() ? List.of("none") : List.copyOf(keys);
        if (reads != null) {
            Stream.of(reads.getClass().getInterfaces())
                    .flatMap(type -> Stream.of(type.getMethods()))
                    .filter(method -> !Modifier.isStatic(method.getModifiers()))
                    .sorted(Comparator.comparing(Method::toString))
                    .forEach(this::take);
        }
        Map<Integer, String> byPercent = new TreeMap<>();
        for (int i = 0; byPercent.size() < 100; i++) {
            byPercent.putIfAbsent(Cohort.of(view, "reader-" + i) / PERCENT, "reader-" + i);
        }
        readers.addAll(byPercent.values());
    }

    private void take(Method method) {
        if (arguments(method, 0).isPresent()) {
            method.setAccessible(true);
            methods.add(method);
        } else {
            left.add(method.getName());
        }
    }

    /** Methods of the interface whose arguments nobody here can make up. */
    List<String> left() {
        return List.copyOf(left);
    }

    boolean call() {
        return !methods.isEmpty();
    }

    /**
     * Has all readers ask.
     *
     * @param expected version that is to answer a reader of the cohort
     * @return versions that have answered
     * @throws RehearsalFailure when another version answers, or none
     */
    Set<Integer> ask(IntUnaryOperator expected) {
        Set<Integer> answered = new TreeSet<>();
        for (int i = 0; i < readers.size(); i++) {
            String reader = readers.get(i);
            RouteExplanation route = router.explain(view, Reader.of(reader));
            requireVersion(reader, "is routed to", expected.applyAsInt(route.cohort()), route.version());
            answered.add(route.version());
            if (i % CALLING == 0) {
                for (Method method : methods) {
                    call(method, reader, i, expected.applyAsInt(route.cohort()));
                }
            }
        }
        return answered;
    }

    private void call(Method method, String reader, int index, int expected) {
        Object[] arguments = arguments(method, index).orElseThrow();
        Integer served = ReaderContext.call(reader, () -> {
            try {
                Object unused = method.invoke(reads, arguments);
            } catch (InvocationTargetException e) {
                Throwable cause = e.getCause() == null ? e : e.getCause();
                throw new RehearsalFailure(
                        "Method %s of view '%s' failed for a reader whom version %d is to answer, with %s: %s; correct the class with @Serves"
                                .formatted(
                                        method.getName(),
                                        view,
                                        expected,
                                        cause.getClass().getSimpleName(),
                                        String.valueOf(cause.getMessage())),
                        e);
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
            return ReaderContext.current()
                    .map(context -> context.served().get(view))
                    .orElse(null);
        });
        // Where a parameter makes the reader sticky, another cohort than the reader's may count.
        if (served != null && !isKeyed(method)) {
            requireVersion(reader, "asked %s and was answered by".formatted(method.getName()), expected, served);
        }
    }

    private void requireVersion(String reader, String what, int expected, int version) {
        if (version != expected) {
            throw new RehearsalFailure(
                    "Reader '%s' (cohort %,d) %s version %d of view '%s' where version %d is to answer; look into the node's configuration of the view, its flags and its fallbacks"
                            .formatted(reader, Cohort.of(view, reader), what, version, view, expected));
        }
    }

    private static boolean isKeyed(Method method) {
        for (Annotation[] annotations : method.getParameterAnnotations()) {
            if (Arrays.stream(annotations).anyMatch(RoutingKey.class::isInstance)) {
                return true;
            }
        }
        return false;
    }

    private Optional<Object[]> arguments(Method method, int index) {
        Object[] arguments = new Object[method.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            Object argument = argument(method.getParameterTypes()[i], index);
            if (argument == null) {
                return Optional.empty();
            }
            arguments[i] = argument;
        }
        return Optional.of(arguments);
    }

    private @Nullable Object argument(Class<?> type, int index) {
        if (type == String.class || type == CharSequence.class || type == Object.class) {
            return keys.get(index % keys.size());
        }
        if (type == int.class || type == Integer.class) {
            return 10;
        }
        if (type == long.class || type == Long.class) {
            return 10L;
        }
        if (type == boolean.class || type == Boolean.class) {
            return index % 2 == 0;
        }
        if (type == Locale.class) {
            return Locale.ROOT;
        }
        Object[] constants = type.getEnumConstants();
        return constants == null || constants.length == 0 ? null : constants[index / CALLING % constants.length];
    }
}
