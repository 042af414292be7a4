package io.changeover.effect;

import io.changeover.effect.EffectStore.Fence;
import io.changeover.effect.EffectStore.Place;
import io.changeover.projection.ProjectionStore;
import io.changeover.stream.OrderedStream;
import io.changeover.view.VersionId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What effects have come to, and what a person decides about them. Safe for use by several threads. */
public final class EffectLedger {

    private final EffectCatalogue catalogue;
    private final OrderedStream stream;
    private final EffectStore store;

    /** The ledger in that database. */
    public EffectLedger(EffectCatalogue catalogue, OrderedStream stream, ProjectionStore store) {
        this.catalogue = catalogue;
        this.stream = stream;
        this.store = new EffectStore(store);
    }

    /**
     * The fence and effects of the view.
     *
     * @param limit most effects that are listed, 1 or greater
     * @throws io.changeover.view.UnknownVersionException when the view is not declared
     */
    public ViewEffects effects(String view, int limit) {
        catalogue.requireView(view);
        Optional<Fence> fence = store.fence(view);
        List<KeptEffect> effects =
                store.effects(view, limit).stream().map(this::explained).toList();
        return fence.map(at -> new ViewEffects(
                        view,
                        new VersionId(view, at.acting().version()).toString(),
                        at.acting().since(),
                        at.position(),
                        Math.max(0, stream.head() - at.position()),
                        at.movedAt(),
                        store.counts(view),
                        effects))
                .orElseGet(() -> new ViewEffects(view, null, 0, 0, 0, null, store.counts(view), effects));
    }

    /** Views of this application that have effects, in order. */
    public List<String> views() {
        return catalogue.views();
    }

    /** What no class of this release can carry out says so, in place of a failure that it never had. */
    private KeptEffect explained(KeptEffect effect) {
        boolean waits = effect.state().equals(EffectState.PENDING.text())
                || effect.state().equals(EffectState.COMPENSATING.text());
        if (!waits
                || catalogue
                        .find(VersionId.parse(effect.version()), effect.name())
                        .isPresent()) {
            return effect;
        }
        return new KeptEffect(
                effect.position(),
                effect.name(),
                effect.version(),
                effect.eventId(),
                effect.aggregateId(),
                effect.key(),
                effect.state(),
                effect.attempts(),
                effect.dueAt(),
                EffectRunner.stranded(effect.version(), effect.name()),
                effect.claimedBy(),
                effect.changedAt(),
                effect.decidedBy(),
                effect.reason());
    }

    /**
     * Lets an effect be tried at once, with all its attempts before it again.
     *
     * @param actor who asks; never blank
     * @param reason why; may be empty
     * @param dry whether to tell only what would come of it, and change nothing
     * @throws EffectRefusedException when there is no such effect, it is over, it is being carried out, or what the event
     *     did before it has been made up for
     */
    public KeptEffect retry(String view, long position, String name, String actor, String reason, boolean dry) {
        return decide(view, position, name, dry, effects -> {
            KeptEffect effect = one(effects, view, position, name);
            EffectState state = EffectState.of(effect.state());
            requireOpen(effect, view);
            if (state == EffectState.FAILED && effects.stream().anyMatch(EffectLedger::undone)) {
                throw new EffectRefusedException(
                        "effect-compensated",
                        "Effect '%s' of view '%s' at position %d cannot be done any more: what the event did before it has been made up for; skip it, and do by another event what is still wanted"
                                .formatted(name, view, position));
            }
            EffectState next =
                    switch (state) {
                        case FAILED -> EffectState.PENDING;
                        case UNCOMPENSATED -> EffectState.COMPENSATING;
                        default -> state;
                    };
            store.decide(new Place(view, position, name), next, actor, reason);
        });
    }

    /**
     * Decides that an effect is not to be done, or not to be made up for. Where something the event did has been made up
     * for, its later effects are skipped with it.
     *
     * @param actor who asks; never blank
     * @param reason why; never blank, as nothing else tells later why something did not happen
     * @param dry whether to tell only what would come of it, and change nothing
     * @throws EffectRefusedException when there is no such effect, it is over, it is being carried out, or no reason is
     *     given
     */
    public KeptEffect skip(String view, long position, String name, String actor, String reason, boolean dry) {
        if (reason.isBlank()) {
            throw new EffectRefusedException(
                    "reason-missing",
                    "Effect '%s' of view '%s' at position %d is skipped for good, and nothing else will tell why; give a reason"
                            .formatted(name, view, position));
        }
        return decide(view, position, name, dry, effects -> {
            KeptEffect effect = one(effects, view, position, name);
            requireOpen(effect, view);
            store.decide(new Place(view, position, name), EffectState.SKIPPED, actor, reason);
            if (effects.stream().anyMatch(EffectLedger::undone)) {
                int at = effects.indexOf(effect);
                effects.subList(at + 1, effects.size()).stream()
                        .filter(later -> later.state().equals(EffectState.PENDING.text()))
                        .forEach(later -> store.decide(
                                new Place(view, position, later.name()), EffectState.SKIPPED, actor, reason));
            }
        });
    }

    private interface Decision {
        void on(List<KeptEffect> effects);
    }

    private KeptEffect decide(String view, long position, String name, boolean dry, Decision decision) {
        catalogue.requireView(view);
        return Objects.requireNonNull(store.transactions().execute(transaction -> {
            decision.on(store.lock(view, position));
            if (dry) {
                transaction.setRollbackOnly();
            }
            return one(store.lock(view, position), view, position, name);
        }));
    }

    private static KeptEffect one(List<KeptEffect> effects, String view, long position, String name) {
        return effects.stream()
                .filter(effect -> effect.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new EffectRefusedException(
                        "no-such-effect",
                        "There is no effect '%s' of view '%s' at position %d%s; list the effects of the view"
                                .formatted(
                                        name,
                                        view,
                                        position,
                                        effects.isEmpty()
                                                ? ""
                                                : ", only "
                                                        + String.join(
                                                                ", ",
                                                                effects.stream()
                                                                        .map(KeptEffect::name)
                                                                        .toList()))));
    }

    private static void requireOpen(KeptEffect effect, String view) {
        EffectState state = EffectState.of(effect.state());
        if (state == EffectState.DONE || state == EffectState.SKIPPED || state == EffectState.COMPENSATED) {
            throw new EffectRefusedException(
                    "effect-over",
                    "Effect '%s' of view '%s' at position %d is %s since %s, and only one that is not over can be retried or skipped; leave it"
                            .formatted(effect.name(), view, effect.position(), effect.state(), effect.changedAt()));
        }
        if (effect.claimedBy() != null) {
            throw new EffectRefusedException(
                    "effect-under-way",
                    "Effect '%s' of view '%s' at position %d is being carried out by node '%s'; wait until that has ended"
                            .formatted(effect.name(), view, effect.position(), effect.claimedBy()));
        }
    }

    private static boolean undone(KeptEffect effect) {
        EffectState state = EffectState.of(effect.state());
        return state == EffectState.COMPENSATING
                || state == EffectState.COMPENSATED
                || state == EffectState.UNCOMPENSATED;
    }
}
