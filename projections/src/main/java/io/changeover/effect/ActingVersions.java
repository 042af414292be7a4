package io.changeover.effect;

import io.changeover.changeover.Changeover;
import io.changeover.changeover.ChangeoverEvent;
import io.changeover.changeover.ChangeoverEvent.ViewRegistered;
import io.changeover.changeover.ChangeoverState;
import io.changeover.changeover.ChangeoverState.Attempt;
import io.changeover.event.EventTypes;
import io.changeover.event.StoredEvent;
import io.changeover.upcast.AggregateHistory;
import io.changeover.upcast.CurrentEvent;
import io.changeover.upcast.EventReader;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which version of a view acts at which position: what the changeover's own events say up to there, and nothing else. A
 * shift and the events around it lie in one order, so every node gives the same answer whenever it asks.
 */
final class ActingVersions {

    /**
     * A version that acts.
     *
     * @param version the version
     * @param since position of the event that has made it so
     */
    record Acting(int version, long since) {}

    /** Names of the events that may make another version act. */
    static final Set<String> NAMES =
            ChangeoverEvent.CLASSES.stream().map(EventTypes::nameOf).collect(Collectors.toUnmodifiableSet());

    private static final String AGGREGATE = Changeover.class.getSimpleName();

    private final NavigableMap<Long, Acting> byPosition;

    private ActingVersions(NavigableMap<Long, Acting> byPosition) {
        this.byPosition = byPosition;
    }

    /**
     * Reads what is committed now; so it may be asked only for settled positions.
     *
     * @throws io.changeover.upcast.UnreadableEventException when an event of the changeover cannot be read here
     */
    static ActingVersions of(String view, AggregateHistory history, EventReader reader) {
        NavigableMap<Long, Acting> byPosition = new TreeMap<>();
        ChangeoverState state = null;
        for (StoredEvent stored : history.before(AGGREGATE, Changeover.idOf(view), Long.MAX_VALUE)) {
            for (CurrentEvent event : reader.read(stored)) {
                if (!(event.payload() instanceof ChangeoverEvent change)) {
                    continue;
                }
                state = after(state, change, stored);
                int version = acting(state);
                Map.Entry<Long, Acting> last = byPosition.lastEntry();
                if (last == null || last.getValue().version() != version) {
                    byPosition.put(stored.position(), new Acting(version, stored.position()));
                }
            }
        }
        return new ActingVersions(byPosition);
    }

    private static ChangeoverState after(@Nullable ChangeoverState state, ChangeoverEvent change, StoredEvent stored) {
        if (state == null) {
            if (change instanceof ViewRegistered registered) {
                return ChangeoverState.of(registered);
            }
            throw new IllegalStateException(
                    "The first event of view '%s' is '%s' at position %d but must register it; compare the store with its backup"
                            .formatted(change.view(), stored.name(), stored.position()));
        }
        return state.after(change, stored.time());
    }

    /** The new version acts from 100 % on; as long as both answer readers, the old one acts alone. */
    static int acting(ChangeoverState state) {
        Attempt open = state.open();
        return open != null && open.percent() == 100 ? open.to() : state.serving();
    }

    /** Whether the event is one of this view's changeovers. */
    static boolean concerns(String view, StoredEvent event) {
        return AGGREGATE.equals(event.aggregateType()) && Changeover.idOf(view).equals(event.aggregateId());
    }

    /** The version that acts on an event at the position; empty before the view was registered. */
    Optional<Acting> at(long position) {
        return Optional.ofNullable(byPosition.floorEntry(position)).map(Map.Entry::getValue);
    }
}
