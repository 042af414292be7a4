package io.changeover.app.console;

import io.changeover.app.console.Verb.Field;
import io.changeover.changeover.Pin;
import io.changeover.plan.PlanReader;
import io.changeover.view.VersionId;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What somebody has filled into the form of a verb, as it was typed, so that a form that is refused comes back as it was.
 *
 * @param verb what is asked
 * @param view name of the view
 * @param version number of a version
 * @param percent share of readers
 * @param plan text of a plan
 * @param kind whether a tenant or a principal is meant
 * @param who its name
 * @param reason why
 * @param confirm name that was typed because there is no way back
 */
record Ask(
        Verb verb,
        String view,
        String version,
        String percent,
        String plan,
        String kind,
        String who,
        String reason,
        String confirm) {

    private static final int LONGEST = 2_000;

    static Ask of(Verb verb, String view, Map<String, String> sent) {
        UnaryOperator<String> text = name -> sent.getOrDefault(name, "").strip();
        return new Ask(
                verb,
                view,
                text.apply("version"),
                text.apply("percent"),
                sent.getOrDefault("plan", ""),
                text.apply("kind"),
                text.apply("who"),
                text.apply("reason"),
                text.apply("confirm"));
    }

    /** Whether enough is filled in to try it. */
    boolean isWhole() {
        return (!verb.asks(Field.PERCENT.word()) || !percent.isEmpty())
                && (!verb.asks(Field.WHO.word()) || !who.isEmpty())
                && (!verb.asks(Field.VERSION.word()) || !version.isEmpty() || !plan.isBlank())
                && (verb != Verb.PLAN || !plan.isBlank());
    }

    /** What must be typed to have done what cannot be undone. */
    public String name() {
        return verb.isOfVersion() && version.matches("[0-9]+") ? "%s@%s".formatted(view, version) : view;
    }

    /** Tells forms apart that were filled in differently; the same on every node. */
    String fingerprint() {
        return Integer.toHexString(List.of(verb.word(), view, version, percent, plan, kind, who, reason)
                .hashCode());
    }

    int percentage() {
        return number("percent", percent, 0, 100);
    }

    int versionNumber() {
        return number("version", version, 1, 999_999);
    }

    VersionId versionId() {
        return new VersionId(view, versionNumber());
    }

    Pin pin() {
        if (who.isEmpty() || who.length() > LONGEST) {
            throw new UnfitFieldException(
                    "Field 'who' has %d characters but must be the name of a tenant or a principal; fill it in"
                            .formatted(who.length()));
        }
        return new Pin(
                switch (kind) {
                    case "tenant" -> Pin.Kind.TENANT;
                    case "principal" -> Pin.Kind.PRINCIPAL;
                    default ->
                        throw new UnfitFieldException("Field 'kind' is '%s' but must be tenant or principal; choose one"
                                .formatted(shortened(kind)));
                },
                who);
    }

    /** Refuses what a form of this server's pages never sends, or a name that was mistyped. */
    void requireConfirmed() {
        if (verb.isFinal() && !confirm.equals(name())) {
            throw new UnfitFieldException("Field 'confirm' is '%s' but must name '%s'; type that to have it done"
                    .formatted(shortened(confirm), name()));
        }
    }

    void requireFit() {
        if (reason.length() > LONGEST) {
            throw new UnfitFieldException(
                    "Field 'reason' has %d characters but may have %d; shorten it".formatted(reason.length(), LONGEST));
        }
        if (plan.length() > PlanReader.LONGEST) {
            throw new UnfitFieldException("Field 'plan' has %d characters but may have %d; shorten it"
                    .formatted(plan.length(), PlanReader.LONGEST));
        }
    }

    private static int number(String field, String value, int least, int most) {
        int number = value.matches("[0-9]{1,6}") ? Integer.parseInt(value) : -1;
        if (number < least || number > most) {
            throw new UnfitFieldException("Field '%s' is '%s' but must be a whole number from %d to %d; correct it"
                    .formatted(field, shortened(value), least, most));
        }
        return number;
    }

    private static String shortened(String value) {
        return value.length() <= 60 ? value : value.substring(0, 60) + "...";
    }
}
