package io.changeover.app;

import io.changeover.effect.KeptEffect;
import io.changeover.effect.ViewEffects;
import io.changeover.operation.EffectOperations;
import io.changeover.operation.OperationRefusedException;
import io.changeover.operation.Request;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Of {@code order-board} one effect is done, one has failed and one is under way; other views have none. */
public final class InMemoryEffectOperations implements EffectOperations {

    private static final Instant AT = Instant.parse("2026-03-10T12:00:00Z");

    /** Every change in order, as {@code verb view position name actor reason}. */
    public final List<String> requests = new ArrayList<>();

    private String state = "failed";
    private String decidedBy;
    private String reason;

    /** Forgets what was asked. */
    public void reset() {
        requests.clear();
        state = "failed";
        decidedBy = null;
        reason = null;
    }

    @Override
    public ViewEffects effects(String view) {
        if (!view.equals("order-board")) {
            return new ViewEffects(view, null, 0, 0, 0, null, new ViewEffects.Counts(0, 0, 0, 0, 0), List.of());
        }
        return new ViewEffects(
                view,
                "order-board@2",
                1_000,
                1_200,
                1,
                AT,
                new ViewEffects.Counts(1, state.equals("failed") ? 1 : 0, 1, state.equals("skipped") ? 1 : 0, 0),
                List.of(
                        effect(1_100, state, 10, "MessagingException: no route", null),
                        effect(1_150, "pending", 1, null, "node-2"),
                        effect(990, "done", 1, null, null)));
    }

    private KeptEffect effect(long position, String word, int attempts, String failure, String claimedBy) {
        boolean decided = position == 1_100;
        return new KeptEffect(
                position,
                "confirmation",
                position < 1_000 ? "order-board@1" : "order-board@2",
                "e-" + position,
                "10100",
                "order-board/confirmation/e-" + position,
                word,
                attempts,
                AT,
                failure,
                claimedBy,
                AT,
                decided ? decidedBy : null,
                decided ? reason : null);
    }

    @Override
    public KeptEffect retry(String view, long position, String name, Request request) {
        return decided("retry", view, position, name, request, "pending");
    }

    @Override
    public KeptEffect skip(String view, long position, String name, Request request) {
        return decided("skip", view, position, name, request, "skipped");
    }

    private KeptEffect decided(String verb, String view, long position, String name, Request request, String next) {
        requests.add("%s %s %d %s %s %s".formatted(verb, view, position, name, request.actor(), request.reason()));
        if (position != 1_100) {
            throw new OperationRefusedException("no-such-effect", "There is no such effect");
        }
        state = next;
        decidedBy = request.actor();
        reason = request.reason();
        return effect(position, next, 0, "MessagingException: no route", null);
    }
}
