package io.changeover.completion;

import io.changeover.changeover.ChangeoverState;
import io.changeover.changeover.Disposal;
import io.changeover.changeover.Disposal.Stage;
import io.changeover.projection.ProjectionStore;
import io.changeover.projection.Projections;
import io.changeover.projection.VersionState;
import io.changeover.projection.VersionStates;
import io.changeover.serving.Router;
import io.changeover.view.VersionId;
import io.changeover.view.Versions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Makes this node and the database what the views' events say of versions that were given up. Every step can be repeated,
 * is done by one node at a time, and is taken back by none that is behind. Safe for use by several threads.
 */
public final class Completion {

    private static final Logger LOG = LoggerFactory.getLogger(Completion.class);

    private final Versions versions;
    private final Router router;
    private final Projections projections;
    private final ProjectionStore store;
    private final VersionStates states;
    private final CompletionStore carriedOut;
    private final StageSteps steps;

    /**
     * @param node name of this node
     */
    public Completion(Versions versions, Router router, Projections projections, ProjectionStore store, String node) {
        this.versions = versions;
        this.router = router;
        this.projections = projections;
        this.store = store;
        this.states = new VersionStates(store.jdbc(), store.clock());
        this.carriedOut = new CompletionStore(store, node);
        this.steps = new StageSteps(store, versions);
    }

    /**
     * What is decided about a version.
     *
     * @param stage stage that it is to be in
     * @param changeover changeover that has replaced it
     */
    private record Decided(Stage stage, String changeover) {}

    /** What is decided and not carried out, of all views. Changes nothing. */
    public List<Unfinished> unfinished() {
        return versions.views().stream()
                .flatMap(view -> unfinished(view).stream())
                .toList();
    }

    /** What is decided and not carried out, of one view. Changes nothing. */
    public List<Unfinished> unfinished(String view) {
        List<Unfinished> open = new ArrayList<>();
        Map<Integer, CarriedOut> done = carriedOut.of(view);
        decided(view, done).forEach((version, decided) -> {
            CarriedOut last = done.get(version);
            if (!isDone(decided, last)) {
                open.add(unfinished(new VersionId(view, version), decided, last, null));
            }
        });
        return open;
    }

    /** Name of the table in which the rows of a purged version lie; null where it is not purged or has tables of its own. */
    public @Nullable String keptTable(VersionId version) {
        return carriedOut.find(version).map(CarriedOut::keptTable).orElse(null);
    }

    /**
     * Carries out what is decided about the versions of the view.
     *
     * @return what could not be carried out now, with the reason; a retry helps once that is gone
     */
    public List<Unfinished> carryOut(String view) {
        List<Unfinished> open = new ArrayList<>();
        long sequence = router.sequence(view); // before the state, so that it never claims to be of a later event
        Map<Integer, CarriedOut> done = carriedOut.of(view);
        decided(view, done).forEach((version, decided) -> {
            VersionId id = new VersionId(view, version);
            String hindrance = settle(id, decided, sequence);
            if (!hindrance.isEmpty()) {
                open.add(unfinished(id, decided, carriedOut.find(id).orElse(null), hindrance));
            }
        });
        return open;
    }

    private static Unfinished unfinished(
            VersionId version, Decided decided, @Nullable CarriedOut last, @Nullable String reason) {
        return new Unfinished(version, decided.stage(), last == null ? null : last.stage(), reason);
    }

    private Map<Integer, Decided> decided(String view, Map<Integer, CarriedOut> done) {
        ChangeoverState state = router.state(view).orElse(null);
        Map<Integer, Decided> all = new TreeMap<>();
        if (state == null) {
            return all;
        }
        Set<Integer> numbers = new TreeSet<>(state.disposals().keySet());
        numbers.addAll(done.keySet());
        for (int number : numbers) {
            Disposal disposal = state.disposals().get(number);
            CarriedOut last = done.get(number);
            if (disposal != null) {
                all.put(number, new Decided(disposal.stage(), disposal.changeoverId()));
            } else if (last != null && last.stage() == Stage.PURGED) {
                all.put(number, new Decided(Stage.HELD, last.changeover())); // it is needed again
            }
        }
        return all;
    }

    /** To be held asks for nothing, unless it was purged before. */
    private static boolean isDone(Decided decided, @Nullable CarriedOut last) {
        if (decided.stage() == Stage.HELD) {
            return last == null || last.stage() != Stage.PURGED;
        }
        return last != null
                && last.stage() == decided.stage()
                && last.changeover().equals(decided.changeover());
    }

    /** What hinders it, or an empty text. */
    private String settle(VersionId version, Decided decided, long sequence) {
        try {
            if (decided.stage() != Stage.HELD) {
                projections.stopLive(version);
            }
            String hindrance = Objects.requireNonNull(
                    store.transactions().execute(transaction -> inTransaction(version, decided, sequence)));
            if (hindrance.isEmpty() && decided.stage() == Stage.HELD) {
                follow(version);
            }
            return hindrance;
        } catch (UnableToClaimTokenException e) {
            return "a node still works on it (%s)"
                    .formatted(projections.claimedBy(version).orElse("unknown"));
        } catch (DataAccessException e) {
            LOG.debug("The end of {} could not be carried out", version, e);
            return "the database refuses it: %s"
                    .formatted(e.getMostSpecificCause().getMessage());
        }
    }

    private String inTransaction(VersionId version, Decided decided, long sequence) {
        if (!carriedOut.tryLock(version)) {
            return "another node is at it";
        }
        CarriedOut last = carriedOut.find(version).orElse(null);
        if (isDone(decided, last)) {
            return "";
        }
        if (last != null && last.sequence() >= sequence) {
            return "this node is behind what was decided";
        }
        switch (decided.stage()) {
            case HELD -> {
                steps.restore(version, Objects.requireNonNull(last));
                carriedOut.put(version, CarriedOut.plain(Stage.HELD, decided.changeover(), sequence));
            }
            case PURGED -> {
                steps.claim(version);
                carriedOut.put(version, steps.purge(version, decided.changeover(), sequence));
                steps.release(version);
            }
            case DROPPED -> {
                steps.claim(version);
                steps.drop(version, last);
                carriedOut.put(version, CarriedOut.plain(Stage.DROPPED, decided.changeover(), sequence));
            }
        }
        LOG.info("Version {} is {}", version, decided.stage().text());
        return "";
    }

    /** A version that is held goes on where its token stands; one that no class declares here goes on elsewhere. */
    private void follow(VersionId version) {
        boolean built = states.find(version)
                .map(VersionState::stage)
                .filter(VersionState.Stage::isBuilt)
                .isPresent();
        if (built && versions.find(version).isPresent()) {
            projections.startLive(version);
        }
    }
}
