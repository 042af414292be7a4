package io.changeover.serving;

import io.changeover.changeover.ChangeoverState;
import io.changeover.changeover.ChangeoverState.Attempt;
import io.changeover.changeover.Phase;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Decides which version answers, from the latest state that this node has applied. Safe for use by several threads. */
public final class Router {

    private final Function<String, ViewSettings> settings;
    private final @Nullable VersionFlags flags;
    private final Map<String, Routing> routings = new ConcurrentHashMap<>();

    /** What a view is routed by now, and what was counted on routes before. */
    static final class Routing {

        /** Calls that were routed before a state was applied end within this many states after it. */
        private static final int KEPT = 16;

        private final Deque<Route> former = new ArrayDeque<>();
        private final List<ReadTally> evicted = new ArrayList<>();
        private volatile @Nullable Route route;
        private volatile @Nullable String suspension;
        private volatile @Nullable Set<Integer> offered;

        @Nullable
        Route route() {
            return route;
        }

        @Nullable
        String suspension() {
            return suspension;
        }

        /** Says which versions this node has reads of. */
        void offers(Set<Integer> versions) {
            offered = Set.copyOf(versions);
        }

        private synchronized void apply(Route next) {
            Route before = route;
            route = next;
            if (before != null) {
                former.addLast(before);
            }
            if (former.size() > KEPT) {
                evicted.addAll(former.removeFirst().tallies());
            }
        }

        private synchronized List<ReadTally> tallies() {
            List<ReadTally> tallies = new ArrayList<>(evicted);
            evicted.clear();
            former.forEach(route -> tallies.addAll(route.tallies()));
            Route now = route;
            if (now != null) {
                tallies.addAll(now.tallies());
            }
            return tallies;
        }
    }

    /** A router with the built-in flags and plain settings. */
    public Router() {
        this(view -> ViewSettings.PLAIN, null);
    }

    /**
     * @param settings settings of a view on this node
     * @param flags the team's own flags, or null for the built-in ones
     */
    public Router(Function<String, ViewSettings> settings, @Nullable VersionFlags flags) {
        this.settings = settings;
        this.flags = flags;
    }

    /**
     * The version that answers a call.
     *
     * @param routingKey what makes the reader sticky; without one the call moves last and returns first
     * @throws NotServedException when this node knows no state of the view yet, or may not serve it now
     */
    public int route(String view, @Nullable String routingKey) {
        return explain(view, Reader.of(routingKey)).version();
    }

    /**
     * Which version answers the reader, and why.
     *
     * @throws NotServedException when this node knows no state of the view yet, or may not serve it now
     */
    public RouteExplanation explain(String view, Reader reader) {
        Route route = require(view, routing(view));
        Decision decision = route.decide(reader, reader.routingKey());
        return new RouteExplanation(
                view,
                decision.version,
                decision.reason,
                route.cohort(reader.routingKey()),
                route.sequence,
                route.state,
                decision.fallback == Decision.NONE ? null : decision.fallback,
                decision.shadow == Decision.NONE ? null : decision.shadow);
    }

    /** The state that the view is routed by, or empty when this node knows none. */
    public Optional<ChangeoverState> state(String view) {
        Route route = routing(view).route();
        return route == null ? Optional.empty() : Optional.of(route.state);
    }

    /**
     * Number of the view's event that this node routes by, or -1 when it knows none. A state that is asked for afterwards
     * is of that event or of a later one.
     */
    public long sequence(String view) {
        Route route = routing(view).route();
        return route == null ? -1 : route.sequence;
    }

    /** How the view is served on this node. */
    public ViewSettings settings(String view) {
        return settings.apply(view);
    }

    /** Calls that were answered since this was last asked, of all views. */
    public List<ReadTally> tallies() {
        List<ReadTally> all = new ArrayList<>();
        routings.values().forEach(routing -> all.addAll(routing.tallies()));
        return all;
    }

    /** Why this node refuses readers of the view, or empty when it does not. */
    public Optional<String> suspension(String view) {
        return Optional.ofNullable(routing(view).suspension());
    }

    Routing routing(String view) {
        return routings.computeIfAbsent(view, name -> new Routing());
    }

    static Route require(String view, Routing routing) {
        String suspended = routing.suspension();
        if (suspended != null) {
            throw new NotServedException(view, suspended);
        }
        Route route = routing.route();
        if (route == null) {
            throw new NotServedException(view);
        }
        return route;
    }

    /**
     * Routes the state's view by it from here on. A node follows what is decided by itself; this is for a router that
     * follows nothing, as in a test or a benchmark of reads.
     */
    public void apply(ChangeoverState state) {
        apply(state, 0);
    }

    void apply(ChangeoverState state, long sequence) {
        routing(state.view()).apply(new Route(state, sequence, settings.apply(state.view()), flags));
    }

    /**
     * Works out the routes to either version of the open changeover, without going by them.
     *
     * @throws IllegalStateException when this node could not answer readers by one of them
     */
    void rehearse(ChangeoverState state) {
        Attempt open = state.open();
        if (open == null) {
            return;
        }
        for (int percent : new int[] {100, 0}) {
            Phase phase = percent == 0 ? Phase.ROLLED_BACK : Phase.SERVING;
            Attempt flipped = new Attempt(
                    open.id(), open.from(), open.to(), phase, percent, open.parity(), open.parityAt(), open.since());
            int version = new Route(
                            new ChangeoverState(state.view(), state.serving(), flipped),
                            0,
                            settings.apply(state.view()),
                            flags)
                    .decide(null, null)
                    .version;
            Set<Integer> offered = routing(state.view()).offered;
            if (offered != null && !offered.contains(version)) {
                throw new IllegalStateException(
                        "This node could not answer readers of view '%s' by version %d, because it has no class with @Serves for it; deploy the release that has"
                                .formatted(state.view(), version));
            }
        }
    }

    /** Refuses readers of the view from here on, for that reason; null serves them again. */
    void suspend(String view, @Nullable String why) {
        routing(view).suspension = why;
    }
}
