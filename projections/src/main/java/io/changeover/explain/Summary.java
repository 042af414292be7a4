package io.changeover.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says in a few sentences what an explanation comes to. */
final class Summary {

    private final Explanation found;
    private final RowName name;
    private final Story story;
    private final @Nullable String failureLeft;
    private final @Nullable String failureRight;
    private final Difference stored;

    /**
     * @param failureLeft why the first event of the home that fails on the left does, or null
     * @param failureRight why the first event of the home that fails on the right does, or null
     * @param stored how the stored rows differ in canonical form
     */
    Summary(
            Explanation found,
            RowName name,
            Story story,
            @Nullable String failureLeft,
            @Nullable String failureRight,
            Difference stored) {
        this.found = found;
        this.name = name;
        this.story = story;
        this.failureLeft = failureLeft;
        this.failureRight = failureRight;
        this.stored = stored;
    }

    String text() {
        List<String> sentences = new ArrayList<>();
        boolean alone = found.left().version().equals(found.right().version());
        if (!alone) {
            sentences.add(forms());
        }
        if (found.earlierPartings() > 0) {
            sentences.add("Before that they parted %s and came together again."
                    .formatted(found.earlierPartings() == 1 ? "once" : times(found.earlierPartings())));
        }
        side(found.left(), failureLeft, sentences);
        if (!alone) {
            side(found.right(), failureRight, sentences);
        }
        if (found.foldsOwn()) {
            sentences.add(
                    "Both stored rows are what their folds make, so the difference is the folds' own and a repair cannot remove it: mend a fold and rebuild, or declare that the field may differ.");
        }
        if (story.ahead() > 0) {
            sentences.add(String.format(
                    Locale.ROOT,
                    "%,d %s applied on one side only so far and %s not compared.",
                    story.ahead(),
                    story.ahead() == 1 ? "event is" : "events are",
                    story.ahead() == 1 ? "is" : "are"));
        }
        return String.join(" ", sentences);
    }

    private String forms() {
        String both =
                "'%s' and '%s'".formatted(found.left().version(), found.right().version());
        Explanation.Parting parting = found.parting();
        boolean bothFolded = isFolded(found.left()) && isFolded(found.right());
        if (parting != null && bothFolded) {
            return "%s fold %s differently from event %s at position %d on%s: %s."
                    .formatted(both, name, parting.event(), parting.position(), by(parting), how(parting));
        }
        if (parting != null) {
            Explanation.Side other = isFolded(found.left()) ? found.right() : found.left();
            Explanation.Side folded = isFolded(found.left()) ? found.left() : found.right();
            return "Of '%s' only its stored row is known: '%s' has differed from it as it does now since event %s at position %d%s: %s."
                    .formatted(
                            other.version(),
                            folded.version(),
                            parting.event(),
                            parting.position(),
                            by(parting),
                            how(parting));
        }
        if (!bothFolded && !stored.isNone()) {
            return "%s have different stored rows for %s: %s."
                    .formatted(both, name, how(stored.word(), stored.fields()));
        }
        return bothFolded
                ? String.format(
                        Locale.ROOT,
                        "%s fold %s to the same through %,d %s.",
                        both,
                        name,
                        story.total(),
                        story.total() == 1 ? "event" : "events")
                : "%s have the same row for %s.".formatted(both, name);
    }

    private static boolean isFolded(Explanation.Side side) {
        return side.maintained().equals("folds");
    }

    private static String by(Explanation.Parting parting) {
        return parting.steps().isEmpty() ? "" : ", read by " + String.join(", ", parting.steps());
    }

    private String how(Explanation.Parting parting) {
        if (!found.fields().isEmpty()) {
            List<String> fields = found.fields().stream()
                    .map(field -> field.since() == parting.position()
                            ? field.field()
                            : "%s (since position %d)".formatted(field.field(), field.since()))
                    .toList();
            return "they differ in " + String.join(", ", fields);
        }
        return how(story.atTheEnd().word(), story.atTheEnd().fields());
    }

    private String how(@Nullable String kind, List<String> fields) {
        if ("missing".equals(kind)) {
            return "only '%s' has the row".formatted(found.left().version());
        }
        if ("extra".equals(kind)) {
            return "only '%s' has the row".formatted(found.right().version());
        }
        return "they differ in " + String.join(", ", fields);
    }

    private static void side(Explanation.Side side, @Nullable String failure, List<String> sentences) {
        switch (side.stored()) {
            case "changed" ->
                sentences.add("The stored row of '%s' was changed by something other than its fold in %s%s"
                        .formatted(side.version(), String.join(", ", side.fields()), remedy(side)));
            case "missing" ->
                sentences.add("The row that '%s' folds is not stored, so something other than its fold removed it%s"
                        .formatted(side.version(), remedy(side)));
            case "superfluous" ->
                sentences.add("'%s' stores a row that its folds do not make, so something else put it there%s"
                        .formatted(side.version(), remedy(side)));
            default -> {}
        }
        if (side.parked() > 0) {
            sentences.add(String.format(
                            Locale.ROOT,
                            side.parked() == 1
                                    ? "%,d event of its home waits in '%s' as a dead letter"
                                    : "%,d events of its home wait in '%s' as dead letters",
                            side.parked(),
                            side.version())
                    + (failure == null ? "" : ", because " + failure)
                    + remedy(side));
        } else if (failure != null) {
            sentences.add("An event of its home fails in '%s' when it is folded now, because %s."
                    .formatted(side.version(), failure));
        }
    }

    private static String remedy(Explanation.Side side) {
        if (side.remedy() == null) {
            return ".";
        }
        return side.remedy().startsWith("changeover rebuild")
                ? ", or its folds have changed since it was made: %s.".formatted(side.remedy())
                : ": %s.".formatted(side.remedy());
    }

    private static String times(long number) {
        return String.format(Locale.ROOT, "%,d times", number);
    }
}
