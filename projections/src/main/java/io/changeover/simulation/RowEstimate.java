package io.changeover.simulation;

import io.changeover.projection.FoldSample.Folded;
import io.changeover.projection.Projections;
import io.changeover.projection.VersionState;
import io.changeover.projection.VersionState.Stage;
import io.changeover.projection.VersionStates;
import io.changeover.view.Column;
import io.changeover.view.FoldedVersion;
import io.changeover.view.VersionDefinition;
import io.changeover.view.VersionId;
import io.changeover.view.Versions;
import java.util.List;
import java.util.Map;

/** How many rows a version will have, from the best that is known of it. */
final class RowEstimate {

    /** How many, and what that is taken from. */
    record Rows(Span span, String by) {}

    private static final double OF_A_TABLE = 1.02;
    private static final double OF_EVENTS = 1.15;

    private final Versions versions;
    private final VersionStates states;
    private final Projections projections;

    RowEstimate(Versions versions, VersionStates states, Projections projections) {
        this.versions = versions;
        this.states = states;
        this.projections = projections;
    }

    Rows of(FoldedVersion version, long events, Map<String, Long> byName, Folded sample) {
        if (sample.events() == 0) {
            return new Rows(new Span(0, 0, 0), "there is no event");
        }
        if (sample.events() == events) {
            return new Rows(Span.around((double) sample.rows(), 1), "all events, which were folded");
        }
        if (isBuilt(version.id())) {
            return new Rows(Span.around((double) projections.rows(version.id()), OF_A_TABLE), "its own rows");
        }
        for (VersionDefinition other : versions.of(version.id().view())) {
            if (other instanceof FoldedVersion folded
                    && keys(folded).equals(keys(version))
                    && isBuilt(other.id())
                    && projections.rows(other.id()) > 0) {
                return new Rows(
                        Span.around((double) projections.rows(other.id()), OF_EVENTS),
                        "the rows of %s, which has the same key".formatted(other.id()));
            }
        }
        if (sample.onlyMade() && !sample.made().isEmpty()) {
            double made = sample.made().entrySet().stream()
                    .mapToDouble(entry -> (double) byName.getOrDefault(entry.getKey(), 0L)
                            * entry.getValue()
                            / sample.sampled().getOrDefault(entry.getKey(), 1L))
                    .sum();
            return new Rows(Span.around(made, OF_EVENTS), "the events that make rows");
        }
        return ofKeys(events, sample);
    }

    /** Between all keys seen and each key of one event being one of many: the estimator of Charikar and others (2000). */
    private static Rows ofKeys(long events, Folded sample) {
        double scale = (double) events / sample.events();
        double often = sample.keys() - sample.keysOnce();
        return new Rows(
                new Span(
                        (double) sample.keys(),
                        Math.sqrt(scale) * sample.keysOnce() + often,
                        scale * sample.keysOnce() + often),
                "the keys in the sample, which tells little; a greater sample tells more");
    }

    private boolean isBuilt(VersionId id) {
        Stage stage = states.find(id).map(VersionState::stage).orElse(null);
        return stage != null && stage.isBuilt();
    }

    private static List<String> keys(FoldedVersion version) {
        return version.rows().keys().stream().map(RowEstimate::key).toList();
    }

    private static String key(Column column) {
        return column.component() + " " + column.type();
    }
}
