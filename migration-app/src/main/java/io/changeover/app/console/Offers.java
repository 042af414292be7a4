package io.changeover.app.console;

import io.changeover.app.security.SignedIn;
import io.changeover.changeover.Phase;
import io.changeover.operation.ChangeoverStatus;
import io.changeover.operation.DisposalStatus;
import io.changeover.operation.PlanPreview;
import io.changeover.operation.PlannedStep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What may be asked now, as far as the status tells it. Whether it is granted is decided when it is asked. */
final class Offers {

    private static final String APPROVAL = "approval of ";

    /**
     * An action.
     *
     * @param text what it is called
     * @param what what it does
     * @param address page that asks for it
     * @param grave whether it ends something or sends readers back
     */
    record Offer(String text, String what, String address, boolean grave) {}

    private final String view;
    private final SignedIn user;
    private final List<Offer> offers = new ArrayList<>();

    private Offers(String view, SignedIn user) {
        this.view = view;
        this.user = user;
    }

    /**
     * @param changeover the open one or the last, or null
     * @param open whether it is open
     * @param plan the plan as it goes from here, or null
     */
    static List<Offer> of(
            String view,
            SignedIn user,
            @Nullable ChangeoverStatus changeover,
            boolean open,
            @Nullable PlanPreview plan,
            List<DisposalStatus> disposals) {
        Offers all = new Offers(view, user);
        if (changeover == null || !open) {
            all.add(Verb.DECLARE, Map.of());
        } else {
            all.ofOpen(changeover, plan);
        }
        disposals.forEach(disposal -> all.ofDisposal(disposal, changeover, open));
        return List.copyOf(all.offers);
    }

    private void ofOpen(ChangeoverStatus changeover, @Nullable PlanPreview plan) {
        List<String> next = changeover.next();
        if (plan != null) {
            for (PlannedStep step : plan.steps()) {
                if (step.waitsFor() != null && step.waitsFor().startsWith(APPROVAL)) {
                    String percent = step.name().replaceAll("[^0-9]", "");
                    add(Verb.APPROVE, "Approve " + step.name(), Map.of("percent", percent));
                }
            }
        }
        if (next.contains("resume") || (plan != null && changeover.phase().equals(Phase.ROLLED_BACK.text()))) {
            add(Verb.RESUME, Map.of());
        }
        addIf(next, Verb.BACKFILL);
        addIf(next, Verb.VERIFY);
        addIf(next, Verb.SHIFT);
        if (plan != null && changeover.halted() == null && next.contains("shift")) {
            add(Verb.STEP, Map.of());
        }
        if (changeover.halted() == null) {
            add(Verb.PAUSE, Map.of());
        }
        addIf(next, Verb.ROLLBACK);
        if (next.contains("verify")) {
            add(Verb.PIN, Map.of());
            add(Verb.UNPIN, Map.of());
        }
        add(Verb.PLAN, Map.of());
        addIf(next, Verb.COMPLETE);
        addIf(next, Verb.ABORT);
    }

    private void ofDisposal(DisposalStatus disposal, @Nullable ChangeoverStatus last, boolean open) {
        Map<String, String> version = Map.of(
                "version", disposal.version().substring(disposal.version().indexOf('@') + 1));
        switch (disposal.stage()) {
            case "held" -> {
                if (!open && last != null && last.id().equals(disposal.changeover())) {
                    add(Verb.REOPEN, Map.of());
                }
                add(Verb.PURGE, "Purge " + disposal.version(), version);
            }
            case "purged" -> {
                add(Verb.RESTORE, "Restore " + disposal.version(), version);
                add(Verb.DROP, "Drop " + disposal.version(), version);
            }
            default -> {}
        }
    }

    private void addIf(List<String> next, Verb verb) {
        if (next.contains(verb.word())) {
            add(verb, Map.of());
        }
    }

    private void add(Verb verb, Map<String, String> parameters) {
        add(verb, verb.title(), parameters);
    }

    private void add(Verb verb, String text, Map<String, String> parameters) {
        if (verb.isFor(user)) {
            StringBuilder address = new StringBuilder("/console/changeovers/%s/%s".formatted(view, verb.word()));
            new LinkedHashMap<>(parameters)
                    .forEach((name, value) ->
                            address.append('?').append(name).append('=').append(value));
            offers.add(new Offer(text, verb.what(), address.toString(), verb.isFinal() || verb == Verb.ROLLBACK));
        }
    }
}
