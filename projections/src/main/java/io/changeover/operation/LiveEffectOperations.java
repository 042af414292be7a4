package io.changeover.operation;

import io.changeover.effect.EffectLedger;
import io.changeover.effect.EffectRefusedException;
import io.changeover.effect.KeptEffect;
import io.changeover.effect.ViewEffects;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Effects as the database has them; whichever node carries them out follows. Safe for use by several threads. */
public final class LiveEffectOperations implements EffectOperations {

    private static final Logger LOG = LoggerFactory.getLogger(LiveEffectOperations.class);

    private final EffectLedger ledger;

    /** The verbs over the ledger. */
    public LiveEffectOperations(EffectLedger ledger) {
        this.ledger = ledger;
    }

    @Override
    public ViewEffects effects(String view) {
        return ledger.effects(view, MAX_EFFECTS);
    }

    @Override
    public KeptEffect retry(String view, long position, String name, Request request) {
        return decided(
                "retried",
                request,
                () -> ledger.retry(view, position, name, request.actor(), request.reason(), request.dryRun() != null));
    }

    @Override
    public KeptEffect skip(String view, long position, String name, Request request) {
        return decided(
                "skipped",
                request,
                () -> ledger.skip(view, position, name, request.actor(), request.reason(), request.dryRun() != null));
    }

    private static KeptEffect decided(String what, Request request, Supplier<KeptEffect> decision) {
        try {
            KeptEffect effect = decision.get();
            DryRun run = request.dryRun();
            if (run != null) {
                run.would("effect " + what, effect);
                return effect;
            }
            LOG.info(
                    "Effect '{}' of '{}' at position {} is {} by {}: {}",
                    effect.name(),
                    effect.version(),
                    effect.position(),
                    what,
                    request.actor(),
                    request.reason().isEmpty() ? "no reason given" : request.reason());
            return effect;
        } catch (EffectRefusedException e) {
            throw new OperationRefusedException(e.rule(), String.valueOf(e.getMessage()));
        }
    }
}
