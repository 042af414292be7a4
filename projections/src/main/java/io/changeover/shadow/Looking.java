package io.changeover.shadow;

import io.changeover.projection.ProjectionStore;
import io.changeover.shadow.Sample.Pair;
import io.changeover.shadow.Verdict.Finding;
import io.changeover.view.CanonicalForm;
import io.changeover.view.Versions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Judges samples: with one call of the other version where that agrees, and by a look at one instant where it does not. */
final class Looking {

    private final Versions versions;
    private final ProjectionStore store;
    private final Asking asking;
    private final Positions positions;
    private final ShadowOptions options;

    Looking(Versions versions, ProjectionStore store, Asking asking, Positions positions, ShadowOptions options) {
        this.versions = versions;
        this.store = store;
        this.asking = asking;
        this.positions = positions;
        this.options = options;
    }

    /** What was seen at one instant; the shadow is not asked where the serving version fails. */
    private record Instant(Standing before, Asked first, @Nullable Asked shadow, @Nullable Asked second) {}

    /** Asks the shadow once, as for every sample. */
    Asked ask(Sample sample) {
        return asking.apart(1, status -> asking.ask(sample, sample.pair().shadowId()));
    }

    /**
     * Judges the sample.
     *
     * @param asked what the shadow said when it was asked once
     * @param exactly whether to look exactly also where it said the same
     * @throws NotComparableException when an answer has no form to compare
     */
    Verdict judge(Sample sample, Asked asked, boolean exactly) {
        CanonicalForm form = versions.get(sample.pair().servingId()).canonical();
        Answers answers = new Answers(form, store.json());
        AnswerComparison comparison = new AnswerComparison(form);
        if (asked.slow()) {
            return failed(sample, answers, asked, null);
        }
        return !exactly && asked.answered() && agrees(sample, asked, answers, comparison)
                ? Verdict.of(Outcome.SAME, null)
                : exactly(sample, answers, comparison);
    }

    private static boolean agrees(Sample sample, Asked asked, Answers answers, AnswerComparison comparison) {
        try {
            return comparison
                    .of(answers.of(sample.answer()), answers.of(asked.answer()))
                    .same();
        } catch (NotComparableException e) {
            throw e;
        } catch (RuntimeException e) {
            return false; // the caller changes its answer at this moment, so it is asked for again
        }
    }

    private Verdict exactly(Sample sample, Answers answers, AnswerComparison comparison) {
        Pair pair = sample.pair();
        for (int attempt = 1; ; attempt++) {
            Instant instant = look(sample);
            Asked shadow = instant.shadow();
            Asked second = instant.second();
            if (shadow == null || second == null || !instant.first().answered() || !second.answered()) {
                return Verdict.of(Outcome.NOISE, true); // it had answered the caller
            }
            Answer serving = answers.of(instant.first().answer());
            if (!comparison.of(serving, answers.of(second.answer())).same()) {
                return Verdict.of(Outcome.NOISE, true);
            }
            if (shadow.slow()) {
                return failed(sample, answers, shadow, instant.before());
            }
            Verdict verdict = shadow.answered()
                    ? compared(pair, instant, serving, answers.of(shadow.answer()), comparison)
                    : inFlight(pair, instant).any() // a version may well throw where it has no row yet
                            ? null
                            : failed(sample, answers, shadow, instant.before());
            if (verdict != null) {
                return verdict;
            }
            if (attempt >= options.attempts()) {
                return Verdict.of(Outcome.IN_FLIGHT, false);
            }
            LockSupport.parkNanos(options.pause().toNanos());
        }
    }

    /** What is certain of the two answers; null where events in flight may be why they differ. */
    private @Nullable Verdict compared(
            Pair pair, Instant instant, Answer serving, Answer other, AnswerComparison comparison) {
        Answer older = pair.olderServes() ? serving : other;
        Answer newer = pair.olderServes() ? other : serving;
        Comparison found = comparison.of(older, newer);
        if (found.same()) {
            return Verdict.of(Outcome.SAME, false);
        }
        InFlight inFlight = inFlight(pair, instant);
        if (!inFlight.any()) {
            return different(found, older, newer, instant.before());
        }
        if (!inFlight.named() || !serving.keyed() || !other.keyed()) {
            return null;
        }
        Comparison certain = comparison.certain(older, newer, inFlight.homes());
        return certain == null ? null : different(certain, older, newer, instant.before());
    }

    /** Up to now and not only in the snapshot, as a version that does not read in it may have seen what has come since. */
    private InFlight inFlight(Pair pair, Instant instant) {
        return positions.between(pair, instant.before(), positions.of(pair, store.jdbc()));
    }

    private Instant look(Sample sample) {
        Pair pair = sample.pair();
        return asking.apart(3, status -> {
            Standing before = positions.of(pair, store.jdbc());
            Asked first = asking.ask(sample, pair.servingId());
            if (!first.answered()) {
                return new Instant(before, first, null, null);
            }
            Object untouched = status.createSavepoint();
            Asked shadow = asking.ask(sample, pair.shadowId());
            if (!shadow.answered()) {
                return new Instant(before, first, shadow, first);
            }
            // A version that hides a failure of the database would have the next one fail for it.
            status.rollbackToSavepoint(untouched);
            return new Instant(before, first, shadow, asking.ask(sample, pair.servingId()));
        });
    }

    private static Verdict different(Comparison found, Answer older, Answer newer, Standing standing) {
        return new Verdict(
                Outcome.DIFFERENT,
                false,
                new Finding(
                        found.kinds(),
                        found.older(),
                        older.items().size(),
                        found.newer(),
                        newer.items().size(),
                        null,
                        standing));
    }

    private static Verdict failed(Sample sample, Answers answers, Asked shadow, @Nullable Standing standing) {
        int size = size(sample, answers);
        boolean olderServes = sample.pair().olderServes();
        Throwable failure = shadow.failure();
        return new Verdict(
                Outcome.DIFFERENT,
                null,
                new Finding(
                        Set.of(shadow.kind()),
                        List.of(),
                        olderServes ? size : -1,
                        List.of(),
                        olderServes ? -1 : size,
                        failure == null ? null : Failure.text(failure),
                        standing));
    }

    /** How many items the caller got; negative where its answer changes at this moment or has no form. */
    private static int size(Sample sample, Answers answers) {
        try {
            return answers.of(sample.answer()).items().size();
        } catch (RuntimeException e) {
            return -1; // the failure of the other version is found all the same
        }
    }
}
