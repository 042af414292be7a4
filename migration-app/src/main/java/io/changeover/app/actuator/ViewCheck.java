package io.changeover.app.actuator;

import io.changeover.changeover.ChangeoverState;
import io.changeover.changeover.ChangeoverState.Attempt;
import io.changeover.projection.Projections;
import io.changeover.projection.VersionState;
import io.changeover.projection.VersionStates;
import io.changeover.serving.Router;
import io.changeover.view.ForeignVersion;
import io.changeover.view.VersionId;
import io.changeover.view.Versions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds out whether this node can serve a view. Asks the database, and may hang in it. */
final class ViewCheck {

    private final Versions versions;
    private final Router router;
    private final Projections projections;
    private final VersionStates states;

    ViewCheck(Versions versions, Router router, Projections projections, VersionStates states) {
        this.versions = versions;
        this.router = router;
        this.projections = projections;
        this.states = states;
    }

    List<String> views() {
        return versions.views();
    }

    ViewReadiness look(String view) {
        List<VersionId> serving = serving(view);
        List<String> names = serving.stream().map(VersionId::toString).toList();
        String suspended = router.suspension(view).orElse(null);
        if (suspended != null) {
            return new ViewReadiness(names, suspended);
        }
        if (serving.isEmpty()) {
            return new ViewReadiness(
                    names, "No version of view '%s' serves yet; wait until the first one is built".formatted(view));
        }
        for (VersionId version : serving) {
            String why = why(version);
            if (why != null) {
                return new ViewReadiness(names, why);
            }
        }
        return new ViewReadiness(names, null);
    }

    private List<VersionId> serving(String view) {
        Integer configured = router.settings(view).serve();
        if (configured != null) {
            return List.of(new VersionId(view, configured));
        }
        ChangeoverState state = router.state(view).orElse(null);
        if (state == null) {
            return List.of();
        }
        TreeSet<Integer> numbers = new TreeSet<>();
        Attempt open = state.open();
        if (open == null) {
            numbers.add(state.serving());
        } else {
            if (open.percent() < 100) {
                numbers.add(open.from());
            }
            if (open.percent() > 0) {
                numbers.add(open.to());
            }
        }
        return numbers.stream().map(number -> new VersionId(view, number)).toList();
    }

    private @Nullable String why(VersionId version) {
        if (versions.find(version).isEmpty()) {
            return "Version '%s' serves, but this release does not declare it; deploy the one that does"
                    .formatted(version);
        }
        if (versions.get(version) instanceof ForeignVersion) {
            return null; // others maintain it
        }
        Optional<VersionState> state = states.find(version);
        boolean built = state.map(VersionState::stage)
                .filter(VersionState.Stage::isBuilt)
                .isPresent();
        if (!built) {
            return "Version '%s' serves but is %s; build it from history or move readers to another version"
                    .formatted(
                            version,
                            state.map(each -> each.stage().name().toLowerCase(Locale.ROOT))
                                    .orElse("absent"));
        }
        String stuck = projections.failure(version).orElse(null);
        if (stuck != null) {
            return "Version '%s' serves but is stuck: %s".formatted(version, stuck);
        }
        return projections.isLive(version)
                ? null
                : "Version '%s' serves but does not follow new events on this node; the log has the reason"
                        .formatted(version);
    }
}
