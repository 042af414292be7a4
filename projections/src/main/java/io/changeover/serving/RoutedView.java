package io.changeover.serving;

import io.changeover.trace.Attribute;
import io.changeover.trace.Work;
import io.changeover.view.RoutingKey;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The implementation of a view's interface that readers get: it sends each call to the version that serves it. The methods
 * of the interface are in a class that is made for it ({@link RoutedViewClass}), so that a plain call is no more than a
 * decision and a call of the version.
 */
public abstract class RoutedView {

    static final int NO_KEY = -1;

    /** Of plain calls, one in this many is timed; a power of two. */
    static final int TIMED_ONE_IN = 32;

    private final String view;
    private final Router.Routing routing;
    private final ReadPath path;
    private final boolean timed;
    private final List<Method> methods;
    private final int[] versions;
    private final Object[] reads;

    /** For the classes that are made for interfaces. */
    protected RoutedView(Parts parts) {
        this.view = parts.view();
        this.routing = parts.router().routing(parts.view());
        this.path = parts.path();
        this.timed = path.times() != ReadTimes.NONE;
        this.methods = parts.methods();
        List<Map.Entry<Integer, Object>> entries = parts.reads().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .toList();
        this.versions = entries.stream().mapToInt(Map.Entry::getKey).toArray();
        this.reads = entries.stream().map(Map.Entry::getValue).toArray();
        routing.offers(parts.reads().keySet());
    }

    /** What a routed view is made of. */
    public record Parts(String view, Router router, ReadPath path, List<Method> methods, Map<Integer, Object> reads) {}

    /** A router behind the interface, with nothing between a call and its answer. */
    public static <T> T of(String view, Class<T> type, Router router, Map<Integer, Object> reads) {
        return of(view, type, router, ReadPath.PLAIN, reads);
    }

    /**
     * A router behind the interface.
     *
     * @param type the view's interface
     * @param path what stands between a call and its answer
     * @param reads its implementations, by number of version
     */
    public static <T> T of(String view, Class<T> type, Router router, ReadPath path, Map<Integer, Object> reads) {
        List<Method> methods = routed(type);
        return type.cast(RoutedViewClass.of(type, methods)
                .create(new Parts(view, router, path, List.copyOf(methods), Map.copyOf(reads))));
    }

    private static List<Method> routed(Class<?> type) {
        // What an interface says of equals, hashCode or toString holds for the routed view itself.
        Set<String> known = Stream.of(Object.class.getMethods())
                .map(RoutedViewClass::signature)
                .collect(Collectors.toCollection(HashSet::new));
        List<Method> methods = new ArrayList<>();
        Stream.of(type.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .sorted(Comparator.comparing(Method::toString))
                .filter(method -> known.add(RoutedViewClass.signature(method)))
                .forEach(methods::add);
        return methods;
    }

    /**
     * The reads of the version that answers a plain call, which is counted already; null for a call that is to be made by
     * {@link #answer}. For the classes that are made for interfaces.
     *
     * @param key routing key of the call; null goes by the reader of the context
     * @param keyed whether the method has a parameter for the key
     */
    protected final @Nullable Object plain(@Nullable Object key, boolean keyed) {
        Route route = Router.require(view, routing);
        ReaderContext context = ReaderContext.currentOrNull();
        Reader reader = context == null ? null : context.reader();
        Decision decision = route.decide(reader, key(reader, key, keyed));
        if (decision.fallback != Decision.NONE
                || (reader != null && reader.after() != null)
                || path.traces().recording()
                || route.samples(decision)
                || isTimed(route, decision)) {
            return null;
        }
        answered(context, decision);
        return reads(decision.version);
    }

    /** Calls of which some are drawn for the shadow are timed where they are: drawn twice, they could not be told apart. */
    private boolean isTimed(Route route, Decision decision) {
        return timed && !route.shadows(decision) && (ThreadLocalRandom.current().nextInt() & (TIMED_ONE_IN - 1)) == 0;
    }

    /**
     * Tells that a plain call has ended in an exception; for the classes that are made for interfaces.
     *
     * @param target the reads that were called
     */
    protected final void failed(Object target) {
        for (int i = 0; i < versions.length; i++) {
            if (reads[i] == target) {
                path.times().failed(view, versions[i]);
                return;
            }
        }
    }

    /**
     * Answers a call that is not plain. For the classes that are made for interfaces.
     *
     * @param index number of the method
     */
    protected final @Nullable Object answer(
            int index, @Nullable Object key, boolean keyed, @Nullable Object[] arguments) throws Throwable {
        if (!path.traces().recording()) {
            return answer(index, key, keyed, arguments, Work.NONE);
        }
        Work work = path.traces().begin("read " + view).tag(Attribute.VIEW, view);
        Work.Scope scope = work.current();
        try {
            return answer(index, key, keyed, arguments, work);
        } catch (Throwable e) {
            work.failed(e);
            throw e;
        } finally {
            scope.close();
            work.end();
        }
    }

    private @Nullable Object answer(
            int index, @Nullable Object key, boolean keyed, @Nullable Object[] arguments, Work work) throws Throwable {
        Route route = Router.require(view, routing);
        ReaderContext context = ReaderContext.currentOrNull();
        Reader reader = context == null ? null : context.reader();
        ReadPosition after = reader == null ? null : reader.after();
        Decision routed = route.decide(reader, key(reader, key, keyed));
        Decision decision = after == null || reader == null ? routed : fresh(route, routed, after, reader);
        boolean guarded = decision.fallback != Decision.NONE;
        // A call that is not plain for another reason has not been drawn yet.
        boolean undrawn = guarded || after != null || work != Work.NONE;
        boolean sampled = undrawn ? route.samples(decision) : route.shadows(decision);
        ReadCall call = new ReadCall(this, index, arguments);
        long begin = System.nanoTime();
        Guard.Answer answer;
        try {
            if (guarded) {
                ReadCall protectedCall = after == null || reader == null
                        ? call
                        : call.before(decision.fallback, () -> require(after, reader, decision.fallback));
                answer = path.guard().ask(protectedCall, decision.version, decision.fallback);
            } else {
                answer = new Guard.Answer(call.at(decision.version), decision.version);
            }
        } catch (Throwable e) {
            path.times().failed(view, guarded ? decision.fallback : decision.version);
            throw e;
        }
        long nanos = System.nanoTime() - begin;
        if (answer.version() == decision.version) {
            path.times().took(view, answer.version(), nanos); // of another one it would be the time of both
            answered(context, decision);
        } else {
            answered(context, route.fallback());
            sampled = false; // the shadow would be the version that has just failed
        }
        boolean other = answer.version() != decision.version;
        work.tag(Attribute.VERSION, answer.version())
                .tag(Attribute.REASON, (other ? Reason.FALLBACK : decision.reason).text())
                .tag(Attribute.FALLBACK, String.valueOf(other));
        if (after != null && context != null && path.freshness() != null) {
            ReadPosition shown = path.freshness().shown(view, answer.version(), after);
            work.tag(Attribute.POSITION, shown.last());
            context.saw(shown);
        }
        if (sampled) {
            path.shadow().answered(call, answer.version(), decision.shadow, answer.value(), nanos);
        }
        return answer.value();
    }

    private Decision fresh(Route route, Decision decision, ReadPosition after, Reader reader) {
        int version = freshness(after)
                .answering(new FreshRead(view, decision.version, route.instead(decision), after, reader.patience()));
        return version == decision.version ? decision : route.fresh(version);
    }

    private void require(ReadPosition after, Reader reader, int version) {
        freshness(after).answering(new FreshRead(view, version, List.of(), after, reader.patience()));
    }

    private Freshness freshness(ReadPosition after) {
        Freshness freshness = path.freshness();
        if (freshness == null) {
            throw new IllegalStateException(
                    "View '%s' was read after position %s, but this application holds no reader to a position; leave the position out"
                            .formatted(view, after));
        }
        return freshness;
    }

    private static @Nullable String key(@Nullable Reader reader, @Nullable Object key, boolean keyed) {
        if (keyed) {
            return key == null ? null : key.toString();
        }
        return reader == null ? null : reader.routingKey();
    }

    private void answered(@Nullable ReaderContext context, Decision decision) {
        if (context == null) {
            decision.count(ReaderIdentity.UNKNOWN);
        } else {
            decision.count(context.identity());
            context.answered(view, decision.version);
        }
    }

    /** Calls the method of that number; for the classes that are made for interfaces. */
    protected abstract @Nullable Object call(int index, Object target, @Nullable Object[] arguments) throws Throwable;

    String view() {
        return view;
    }

    Method method(int index) {
        return methods.get(index);
    }

    Object reads(int version) {
        for (int i = 0; i < versions.length; i++) {
            if (versions[i] == version) {
                return reads[i];
            }
        }
        throw new IllegalStateException(
                "Version %d of view '%s' serves, but this application has no class with @Serves(view = \"%s\", version = %d); add it or move reads to another version"
                        .formatted(version, view, view, version));
    }

    static int keyParameter(Method method) {
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

    @Override
    public final String toString() {
        return "router of view " + view;
    }
}
