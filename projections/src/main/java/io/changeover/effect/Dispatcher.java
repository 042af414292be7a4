package io.changeover.effect;

import io.changeover.effect.ActingVersions.Acting;
import io.changeover.effect.EffectStore.Assigned;
import io.changeover.effect.EffectStore.Fence;
import io.changeover.event.EventTypes;
import io.changeover.event.StoredEvent;
import io.changeover.stream.OrderedStream;
import io.changeover.stream.Page;
import io.changeover.upcast.AggregateHistory;
import io.changeover.upcast.CurrentEvent;
import io.changeover.upcast.EventReader;
import io.changeover.upcast.UnreadableEventException;
import io.changeover.view.VersionId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives each event to the version that acts at its position, in the order of positions and once. May run on all nodes: the
 * fence moves from where it was looked from, or not at all.
 */
final class Dispatcher {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private final EffectCatalogue catalogue;
    private final OrderedStream stream;
    private final EventReader reader;
    private final AggregateHistory history;
    private final EffectStore store;
    private final int batch;
    private final Map<String, Set<String>> names = new HashMap<>();
    private final Set<String> said = new HashSet<>();

    Dispatcher(
            EffectCatalogue catalogue,
            OrderedStream stream,
            EventReader reader,
            AggregateHistory history,
            EffectStore store,
            int batch) {
        this.catalogue = catalogue;
        this.stream = stream;
        this.reader = reader;
        this.history = history;
        this.store = store;
        this.batch = batch;
    }

    /**
     * Moves the fence of the view by one page.
     *
     * @return whether there may be more to do at once
     */
    boolean step(String view) {
        Fence fence = store.fence(view).orElse(null);
        if (fence == null) {
            return begin(view);
        }
        stream.passed(fence.position());
        Page page = stream.read(fence.position(), batch, names.computeIfAbsent(view, this::names));
        if (page.position() <= fence.position()) {
            return false;
        }
        return move(view, fence, page);
    }

    /**
     * Begins the fence of a view that has none yet: what happened before a view had effects does not act.
     *
     * @return whether the view has a fence now
     */
    boolean begin(String view) {
        if (store.fence(view).isPresent()) {
            return true;
        }
        long horizon = stream.horizon();
        Optional<Acting> acting = ActingVersions.of(view, history, reader).at(horizon);
        if (acting.isEmpty()) {
            say(
                    view,
                    "The effects of view '{}' wait: it has not been registered, so no version of it acts. Start a node that declares a version of it that is built here",
                    view);
            return false;
        }
        store.begin(view, horizon, acting.get());
        return true;
    }

    /** Events that may cause an effect, and those after which another version may act. */
    private Set<String> names(String view) {
        Set<String> all = new HashSet<>(reader.storedNamesOf(catalogue.eventNames(view)));
        all.addAll(ActingVersions.NAMES);
        return all;
    }

    private boolean move(String view, Fence fence, Page page) {
        ActingVersions versions = page.events().stream().anyMatch(event -> ActingVersions.concerns(view, event))
                ? ActingVersions.of(view, history, reader)
                : null;
        Acting acting = fence.acting();
        long covered = fence.position();
        List<Assigned> assigned = new ArrayList<>();
        for (StoredEvent event : page.events()) {
            Acting next =
                    versions == null ? acting : versions.at(event.position()).orElse(acting);
            VersionId id = new VersionId(view, next.version());
            if (!catalogue.knows(id)) {
                say(
                        id.toString(),
                        "Events of view '{}' from position {} on are given to '{}', which this release does not declare, so it leaves them to nodes that do. Deploy a release with that version on all nodes",
                        view,
                        event.position(),
                        id);
                break;
            }
            assign(event, id, assigned);
            acting = next.version() == acting.version() ? acting : next;
            covered = event.position();
        }
        boolean whole = page.events().isEmpty()
                || page.events().get(page.events().size() - 1).position() == covered;
        long to = whole ? page.position() : covered;
        if (to == fence.position()) {
            return false;
        }
        return !store.move(view, fence.position(), to, acting, assigned) || whole;
    }

    private void assign(StoredEvent event, VersionId id, List<Assigned> assigned) {
        List<EffectMethod> effects = catalogue.of(id);
        Set<Class<?>> classes = classes(event);
        for (int i = 0; i < effects.size(); i++) {
            EffectMethod effect = effects.get(i);
            // What cannot be read may cause the effect, so it is kept and fails where a person sees it.
            boolean caused = classes == null
                    ? reader.mayBecomeOneOf(event.name(), Set.of(EventTypes.nameOf(effect.eventClass())))
                    : classes.contains(effect.eventClass());
            if (caused) {
                assigned.add(new Assigned(
                        event.position(), effect.name(), id.version(), i, event.eventId(), event.aggregateId()));
            }
        }
    }

    /** Classes of the events that it stands for today, or null where it cannot be read. */
    private @Nullable Set<Class<?>> classes(StoredEvent event) {
        try {
            return reader.read(event).stream()
                    .map(CurrentEvent::payload)
                    .map(Object::getClass)
                    .collect(Collectors.toSet());
        } catch (UnreadableEventException e) {
            return null;
        }
    }

    private void say(String about, String message, Object... values) {
        if (said.add(about)) {
            LOG.error(message, values);
        }
    }
}
