package io.changeover.projection;

import io.changeover.event.StoredEvent;
import io.changeover.projection.DeadLetterStore.Parked;
import io.changeover.view.FoldedVersion;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Folds the parked events of one home again, with today's steps and folds. Runs while live processing goes on: it locks
 * the version's tokens first, and a live batch stores its token before it loads rows, so neither sees half of the other.
 */
final class DeadLetterRetry {

    private final FoldedVersion version;
    private final Folding folding;
    private final VersionStorage storage;
    private final ProjectionStore store;
    private final HomeRebuild rebuild;

    DeadLetterRetry(
            FoldedVersion version,
            Folding folding,
            VersionStorage storage,
            ProjectionStore store,
            HomeRebuild rebuild) {
        this.version = version;
        this.folding = folding;
        this.storage = storage;
        this.store = store;
        this.rebuild = rebuild;
    }

    /** Tries once; empty when nothing of the home is parked. */
    Optional<RetryOutcome> retry(String home) {
        Attempt attempt = Objects.requireNonNull(store.transactions().execute(transaction -> {
            TokenLock.take(store, version.id());
            List<Parked> letters = storage.deadLetters().lock(version.id(), home);
            Set<String> strays = strays(home, letters);
            RetryOutcome outcome = letters.isEmpty() || !strays.isEmpty() ? null : fold(home, letters);
            return new Attempt(letters.size(), strays, outcome);
        }));
        if (attempt.letters() == 0) {
            return Optional.empty();
        }
        RetryOutcome outcome = attempt.outcome();
        return Optional.of(outcome != null ? outcome : rebuild(home, attempt.letters(), attempt.strays()));
    }

    /**
     * What came of one look at the letters.
     *
     * @param letters how many wait
     * @param strays homes that make a rebuild necessary
     * @param outcome what came of folding them, or null where nothing was folded yet
     */
    private record Attempt(int letters, Set<String> strays, @Nullable RetryOutcome outcome) {}

    /**
     * Homes that the events touch beside the one under which they wait. An unreadable event waits under its aggregate;
     * once it can be read it may turn out to concern homes whose later events were folded long ago.
     */
    private Set<String> strays(String home, List<Parked> letters) {
        Set<String> strays = new TreeSet<>();
        letters.forEach(letter -> strays.addAll(folding.homes(letter.event())));
        strays.remove(home);
        return strays;
    }

    private RetryOutcome fold(String home, List<Parked> letters) {
        WorkingSet set = new WorkingSet(version, Map.of());
        List<StoredEvent> events = letters.stream().map(Parked::event).toList();
        folding.fold(events, set, home::equals, storage::loadUnparked);
        Map<String, String> refused = storage.write(set, false);
        if (!refused.isEmpty()) {
            String cause = refused.values().iterator().next();
            storage.deadLetters().failedAgain(version.id(), home, events.get(0).position(), cause);
            return new RetryOutcome(0, letters.size(), cause);
        }
        if (set.letters().isEmpty()) {
            storage.deadLetters()
                    .remove(version.id(), home, events.get(events.size() - 1).position());
            return new RetryOutcome(letters.size(), 0, null);
        }
        Letter failed = set.letters().get(0);
        long failedAt = failed.event().position();
        storage.deadLetters().remove(version.id(), home, failedAt - 1);
        storage.deadLetters().failedAgain(version.id(), home, failedAt, failed.cause());
        int waiting = set.letters().size();
        return new RetryOutcome(letters.size() - waiting, waiting, failed.cause());
    }

    /** Folds all history of the homes from nothing, since their events would otherwise be applied out of order. */
    private RetryOutcome rebuild(String home, int letters, Set<String> strays) {
        Set<String> homes = new TreeSet<>(strays);
        homes.add(home);
        HomeRebuildResult result = rebuild.run(homes);
        if (!result.untouched().isEmpty()) {
            throw new IllegalStateException("Homes %s of '%s' cannot be rebuilt: %s; mend the fold, then retry"
                    .formatted(
                            result.untouched().keySet(),
                            version.id(),
                            result.untouched().values()));
        }
        int waiting = Math.toIntExact(result.parked());
        return new RetryOutcome(Math.max(0, letters - waiting), waiting, result.failure());
    }
}
