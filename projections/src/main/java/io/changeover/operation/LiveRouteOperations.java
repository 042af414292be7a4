package io.changeover.operation;

import io.changeover.changeover.ChangeoverCommand.PinReader;
import io.changeover.changeover.ChangeoverCommand.UnpinReader;
import io.changeover.changeover.ChangeoverState;
import io.changeover.changeover.ChangeoverState.Attempt;
import io.changeover.changeover.Pin;
import io.changeover.serving.Cohort;
import io.changeover.serving.Nodes;
import io.changeover.serving.NotServedException;
import io.changeover.serving.Reader;
import io.changeover.serving.RouteExplanation;
import io.changeover.serving.Router;
import io.changeover.view.VersionId;
import io.changeover.view.Versions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Routes on this node. */
public final class LiveRouteOperations implements RouteOperations {

    private final Versions versions;
    private final Router router;
    private final Nodes nodes;
    private final ChangeoverOperations changeovers;

    /** The verbs over the node's router; decisions are asked for by the operations of its changeovers. */
    public LiveRouteOperations(Versions versions, Router router, Nodes nodes, ChangeoverOperations changeovers) {
        this.versions = versions;
        this.router = router;
        this.nodes = nodes;
        this.changeovers = changeovers;
    }

    @Override
    public RouteStatus route(String view, Reader reader) {
        versions.requireView(view);
        try {
            return status(router.explain(view, reader), reader);
        } catch (NotServedException e) {
            throw new OperationRefusedException("not-served", String.valueOf(e.getMessage()));
        }
    }

    @Override
    public RouteStatus pin(String view, Pin pin, int version, Request request) {
        versions.requireView(view);
        boolean toNew = router.state(view)
                .map(ChangeoverState::open)
                .filter(open -> open.to() == version)
                .isPresent();
        if (toNew) {
            changeovers.proveWayBack(view, request);
        }
        changeovers.send(
                new PinReader(view, pin, version, changeovers.evidence(view), request.actor(), request.reason()),
                request);
        return route(view, readerOf(pin));
    }

    @Override
    public RouteStatus unpin(String view, Pin pin, Request request) {
        versions.requireView(view);
        changeovers.send(new UnpinReader(view, pin, request.actor(), request.reason()), request);
        return route(view, readerOf(pin));
    }

    @Override
    public List<Nodes.Node> nodes() {
        return nodes.all();
    }

    private static Reader readerOf(Pin pin) {
        Reader nobody = Reader.of(null);
        return pin.kind() == Pin.Kind.TENANT ? nobody.ofTenant(pin.value()) : nobody.as(pin.value());
    }

    private RouteStatus status(RouteExplanation route, Reader reader) {
        ChangeoverState state = route.state();
        Attempt open = state.open();
        Map<String, Integer> pins = new LinkedHashMap<>();
        state.pins().keySet().stream()
                .sorted()
                .forEach(pin -> pins.put(pin.toString(), state.pins().get(pin)));
        return new RouteStatus(
                route.view(),
                id(route.view(), route.version()),
                route.reason().text(),
                why(route, reader, open),
                route.cohort(),
                open == null ? null : open.percent(),
                pins,
                router.settings(route.view()).serve(),
                optionalId(route.view(), route.fallback()),
                optionalId(route.view(), route.shadow()),
                route.sequence(),
                nodes.acknowledgedBy(route.view()),
                nodes.awaited(route.view()));
    }

    private static String why(RouteExplanation route, Reader reader, @Nullable Attempt open) {
        String version = id(route.view(), route.version());
        return switch (route.reason()) {
            case CONFIGURATION ->
                "%s answers every reader of this node, because its configuration says changeover.views.%s.serve=%d; that wins over the changeover"
                        .formatted(version, route.view(), route.version());
            case OVERRIDE -> "%s answers, because this request asks for it".formatted(version);
            case PRINCIPAL ->
                "%s answers, because principal '%s' is pinned to it".formatted(version, reader.principal());
            case TENANT -> "%s answers, because tenant '%s' is pinned to it".formatted(version, reader.tenant());
            case FLAG -> "%s answers, because the team's own flag chooses it".formatted(version);
            case COHORT ->
                "%s answers, because cohort %d%s is %s the %d of %d cohorts that %s serves at %d %%"
                        .formatted(
                                version,
                                route.cohort(),
                                reader.routingKey() == null ? " (that of every reader without a routing key)" : "",
                                open != null && route.version() == open.to() ? "among" : "not among",
                                open == null ? 0 : open.percent() * (Cohort.COUNT / 100),
                                Cohort.COUNT,
                                id(route.view(), open == null ? route.version() : open.to()),
                                open == null ? 0 : open.percent());
            case SERVING -> "%s answers, because it serves every reader who is not pinned".formatted(version);
            case FRESHNESS, FALLBACK -> "%s answers".formatted(version); // never before a call was tried
        };
    }

    private static String id(String view, int version) {
        return new VersionId(view, version).toString();
    }

    private static @Nullable String optionalId(String view, @Nullable Integer version) {
        return version == null ? null : id(view, version);
    }
}
