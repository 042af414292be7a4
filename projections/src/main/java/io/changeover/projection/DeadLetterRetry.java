package io.changeover.projection;

import io.changeover.event.StoredEvent;
import io.changeover.projection.DeadLetterStore.Parked;
import io.changeover.stream.OrderedStream;
import io.changeover.stream.Page;
import io.changeover.view.FoldedVersion;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Folds the parked events of one home again, with today's steps and folds. Runs while live processing goes on: it locks
 * the version's tokens first, and a live batch stores its token before it loads rows, so neither sees half of the other.
 */
final class DeadLetterRetry {

    private static final int PAGE = 5_000;

    private final FoldedVersion version;
    private final Folding folding;
    private final VersionStorage storage;
    private final ProjectionStore store;
    private final OrderedStream stream;

    DeadLetterRetry(
            FoldedVersion version,
            Folding folding,
            VersionStorage storage,
            ProjectionStore store,
            OrderedStream stream) {
        this.version = version;
        this.folding = folding;
        this.storage = storage;
        this.store = store;
        this.stream = stream;
    }

    /** Tries once; empty when nothing of the home is parked. */
    Optional<RetryOutcome> retry(String home) {
        return store.transactions().execute(transaction -> {
            lockTokens();
            List<Parked> letters = storage.deadLetters().lock(version.id(), home);
            if (letters.isEmpty()) {
                return Optional.<RetryOutcome>empty();
            }
            Set<String> strays = strays(home, letters);
            return Optional.of(strays.isEmpty() ? fold(home, letters) : rebuild(home, letters.size(), strays));
        });
    }

    private void lockTokens() {
        store.jdbc()
                .query(
                        "select segment from %s where processor_name = ? for update"
                                .formatted(store.table().tokens()),
                        result -> {},
                        version.id().toString());
    }

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
        homes.forEach(each -> storage.deadLetters().remove(version.id(), each, Long.MAX_VALUE));
        SegmentPositions positions = new TokenPositions(store.table(), store.json()).of(version.id(), store.jdbc());
        WorkingSet set = new WorkingSet(version, Map.of());
        long position = 0;
        stream.passed(positions.high());
        while (position < positions.high()) {
            Page page = stream.read(position, PAGE);
            if (page.position() == position) {
                throw new IllegalStateException(
                        "The event store ends at position %d but '%s' has been built up to %d; restore the missing events before retrying"
                                .formatted(position, version.id(), positions.high()));
            }
            for (StoredEvent event : page.events()) {
                if (Collections.disjoint(folding.homes(event), homes)) {
                    continue;
                }
                folding.fold(
                        List.of(event),
                        set,
                        each -> homes.contains(each) && event.position() <= positions.of(each),
                        (into, unknown) -> {
                            storage.loadUnparked(into, unknown);
                            into.forgetRows(unknown);
                        });
            }
            position = page.position();
        }
        set.keepOnly(homes);
        Map<String, String> refused = storage.write(set, false);
        if (!refused.isEmpty()) {
            throw new IllegalStateException("Homes %s of '%s' cannot be rebuilt: %s; mend the fold, then retry"
                    .formatted(homes, version.id(), refused.values()));
        }
        int waiting = set.letters().size();
        return new RetryOutcome(
                Math.max(0, letters - waiting),
                waiting,
                waiting == 0 ? null : set.letters().get(0).cause());
    }
}
