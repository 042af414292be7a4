package io.changeover.benchmark.serving.call;

import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.providers.memory.Flag;
import dev.openfeature.sdk.providers.memory.InMemoryProvider;
import io.changeover.changeover.ChangeoverState;
import io.changeover.changeover.ChangeoverState.Attempt;
import io.changeover.changeover.Phase;
import io.changeover.changeover.Pin;
import io.changeover.fallback.FallbackOptions;
import io.changeover.fallback.Fallbacks;
import io.changeover.flag.OpenFeatureFlags;
import io.changeover.serving.Cohort;
import io.changeover.serving.Guard;
import io.changeover.serving.ReadPath;
import io.changeover.serving.Reader;
import io.changeover.serving.ReaderContext;
import io.changeover.serving.RoutedView;
import io.changeover.serving.Router;
import io.changeover.serving.Shadow;
import io.changeover.serving.VersionFlags;
import io.changeover.serving.ViewSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;
import org.springframework.jdbc.core.JdbcTemplate;

/** One call that looks a name up in a map. All calls of an invocation share one context of a reader, as in a request. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CallBenchmark {

    static final int CALLS = 10_000;

    private static final int ENTRIES = 1_024;
    private static final int HALF = 50;
    private static final double SHADOW_SHARE = 0.01;
    private static final Duration LIMIT = Duration.ofSeconds(1);

    private final String[] ids =
            IntStream.range(0, ENTRIES).mapToObj(i -> "name-" + i).toArray(String[]::new);
    private final String[] readersOfOld = readers(Cohort.COUNT / 2, Cohort.COUNT);
    private final Reader ofOld = Reader.of(readersOfOld[0]);
    private final Reader ofNew = Reader.of(readers(0, Cohort.COUNT / 2)[0]);
    private final Names direct = new MappedNames(names());

    private final Names closed = routed(new ChangeoverState(Names.VIEW, 1, null), ViewSettings.PLAIN, ReadPath.PLAIN);
    private final Names half = routed(half(Map.of()), ViewSettings.PLAIN, ReadPath.PLAIN);
    private final Names pinned = routed(
            half(Map.of(
                    new Pin(Pin.Kind.TENANT, "acme"), 1,
                    new Pin(Pin.Kind.TENANT, "globex"), 2,
                    new Pin(Pin.Kind.PRINCIPAL, "ann"), 2,
                    new Pin(Pin.Kind.PRINCIPAL, "bob"), 1)),
            ViewSettings.PLAIN,
            ReadPath.PLAIN);
    private final Reader pinnedToOld = ofNew.as("cid").ofTenant("acme");
    private final Names sampled = routed(half(Map.of()), settings(SHADOW_SHARE, Duration.ZERO), ReadPath.PLAIN);
    private final Names guarded = guarded(ViewSettings.PLAIN);
    private final Names limited = guarded(settings(0, LIMIT));
    private final Names flagged = routed(half(Map.of()), ViewSettings.PLAIN, ReadPath.PLAIN, flags());
    private final Names proxied =
            ProxiedView.of(Names.VIEW, Names.class, router(half(Map.of()), ViewSettings.PLAIN, null), reads());

    private static Map<String, String> names() {
        Map<String, String> names = new HashMap<>();
        IntStream.range(0, ENTRIES).forEach(i -> names.put("name-" + i, "Name " + i));
        return names;
    }

    private static String[] readers(int fromCohort, int toCohort) {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> "reader-" + i)
                .filter(key -> Cohort.of(Names.VIEW, key) >= fromCohort && Cohort.of(Names.VIEW, key) < toCohort)
                .limit(ENTRIES)
                .toArray(String[]::new);
    }

    private static ChangeoverState half(Map<Pin, Integer> pins) {
        return new ChangeoverState(
                Names.VIEW,
                1,
                new Attempt("c1", 1, 2, Phase.SHIFTING, HALF, null, null, Instant.EPOCH),
                pins,
                Map.of());
    }

    private static ViewSettings settings(double shadowShare, Duration timeLimit) {
        return new ViewSettings(null, ViewSettings.PLAIN.cannotFollow(), shadowShare, timeLimit);
    }

    /** With the guard of an application, which keeps no counts here, as there is no database. */
    private static Names guarded(ViewSettings settings) {
        Router router = router(half(Map.of()), settings, null);
        Guard guard =
                new Fallbacks(router, FallbackOptions.defaults(), Clock.systemUTC(), new JdbcTemplate(), "benchmark");
        return RoutedView.of(Names.VIEW, Names.class, router, new ReadPath(null, guard, Shadow.NONE), reads());
    }

    private static VersionFlags flags() {
        OpenFeatureAPI api = OpenFeatureAPI.getInstance();
        Flag<Integer> flag = Flag.<Integer>builder()
                .variant("old", 1)
                .variant("new", 2)
                .defaultVariant("old")
                .build();
        api.setProviderAndWait("benchmark", new InMemoryProvider(Map.of("changeover." + Names.VIEW, flag)));
        return new OpenFeatureFlags(api.getClient("benchmark"));
    }

    private static Map<Integer, Object> reads() {
        return Map.of(1, new MappedNames(names()), 2, new MappedNames(names()));
    }

    private static Router router(ChangeoverState state, ViewSettings settings, @Nullable VersionFlags flags) {
        Router router = new Router(view -> settings, flags);
        router.apply(state);
        return router;
    }

    private static Names routed(ChangeoverState state, ViewSettings settings, ReadPath path) {
        return routed(state, settings, path, null);
    }

    private static Names routed(
            ChangeoverState state, ViewSettings settings, ReadPath path, @Nullable VersionFlags flags) {
        return RoutedView.of(Names.VIEW, Names.class, router(state, settings, flags), path, reads());
    }

    private void read(Names names, Reader reader, Blackhole hole) {
        ReaderContext.callAs(reader, () -> {
            for (int i = 0; i < CALLS; i++) {
                hole.consume(names.byId(ids[i & (ENTRIES - 1)]));
            }
            return "";
        });
    }

    /** The reference: the reads themselves. */
    @Benchmark
    @OperationsPerInvocation(CALLS)
    public void direct(Blackhole hole) {
        read(direct, ofOld, hole);
    }

    @Benchmark
    @OperationsPerInvocation(CALLS)
    public void noChangeover(Blackhole hole) {
        read(closed, ofOld, hole);
    }

    @Benchmark
    @OperationsPerInvocation(CALLS)
    public void openByContext(Blackhole hole) {
        read(half, ofOld, hole);
    }

    /** Another reader in each call, named by a parameter. */
    @Benchmark
    @OperationsPerInvocation(CALLS)
    public void openByParameter(Blackhole hole) {
        for (int i = 0; i < CALLS; i++) {
            hole.consume(half.byIdFor(readersOfOld[i & (ENTRIES - 1)], ids[i & (ENTRIES - 1)]));
        }
    }

    @Benchmark
    @OperationsPerInvocation(CALLS)
    public void openWithPins(Blackhole hole) {
        read(pinned, pinnedToOld, hole);
    }

    /** Each call is drawn for a shadow read, and one in a hundred is handed to a shadow that does nothing with it. */
    @Benchmark
    @OperationsPerInvocation(CALLS)
    public void openSampled(Blackhole hole) {
        read(sampled, ofOld, hole);
    }

    @Benchmark
    @OperationsPerInvocation(CALLS)
    public void guarded(Blackhole hole) {
        read(guarded, ofNew, hole);
    }

    @Benchmark
    @OperationsPerInvocation(CALLS)
    public void guardedWithLimit(Blackhole hole) {
        read(limited, ofNew, hole);
    }

    @Benchmark
    @OperationsPerInvocation(CALLS)
    public void openFeature(Blackhole hole) {
        read(flagged, ofOld, hole);
    }

    @Benchmark
    @OperationsPerInvocation(CALLS)
    public void dynamicProxy(Blackhole hole) {
        read(proxied, ofOld, hole);
    }
}
