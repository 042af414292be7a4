package io.changeover.reconcile;

import io.changeover.projection.HistoryPages;
import io.changeover.projection.HomesOfEvent;
import io.changeover.projection.ParkedEvent;
import io.changeover.projection.Projections;
import io.changeover.view.ForeignVersion;
import io.changeover.view.VersionId;
import io.changeover.view.Versions;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the homes of rows that may have changed. Looks, and changes nothing. */
final class Touched {

    private final Versions versions;
    private final Projections projections;
    private final HistoryPages history;

    Touched(Versions versions, Projections projections, HistoryPages history) {
        this.versions = versions;
        this.projections = projections;
        this.history = history;
    }

    /**
     * Homes that the events of a stretch touch in either version. Of a foreign version nothing is known but what the other
     * one does, and of two that components write, only the aggregates.
     *
     * @param alive called now and then; what it throws ends the reading
     */
    Set<String> between(VersionPair pair, long after, long upTo, Runnable alive) {
        Set<String> homes = new LinkedHashSet<>();
        if (upTo > after) {
            Set<String> names = new HashSet<>();
            builtHere(pair).forEach(version -> names.addAll(projections.storedNamesOf(version)));
            HomesOfEvent homesOf = projections.homesOf(builtHere(pair));
            history.read(after, upTo, names, events -> {
                alive.run();
                events.forEach(event -> homes.addAll(homesOf.of(event)));
            });
        }
        return homes;
    }

    /** Homes that wait with dead letters in either version, and those that the other version would change by them. */
    Set<String> waiting(VersionPair pair) {
        Set<String> homes = new LinkedHashSet<>();
        HomesOfEvent homesOf = projections.homesOf(builtHere(pair));
        for (VersionId version : builtHere(pair)) {
            for (ParkedEvent parked : projections.deadLetters(version, Integer.MAX_VALUE)) {
                homes.add(parked.home());
                homes.addAll(homesOf.of(parked.event()));
            }
        }
        return homes;
    }

    private List<VersionId> builtHere(VersionPair pair) {
        return Stream.of(pair.left(), pair.right())
                .filter(version -> !(versions.get(version) instanceof ForeignVersion))
                .toList();
    }
}
