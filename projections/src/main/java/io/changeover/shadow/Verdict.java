package io.changeover.shadow;

import io.changeover.shadow.Answer.Item;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a look at a sample came to.
 *
 * @param outcome what became of it
 * @param contradicts whether the version that serves contradicted itself; null where it was asked only once
 * @param finding what differs; there where the outcome is {@link Outcome#DIFFERENT}
 */
record Verdict(Outcome outcome, @Nullable Boolean contradicts, @Nullable Finding finding) {

    /**
     * What differs.
     *
     * @param kinds what is the matter
     * @param older items of the old version's answer that differ
     * @param olderSize how many items it has; negative where it gave no answer
     * @param newer the same of the new version
     * @param newerSize how many items it has; negative where it gave no answer
     * @param failure what the asked version threw, or null
     * @param standing how far the versions were, or null where nobody looked
     */
    record Finding(
            Set<String> kinds,
            List<Item> older,
            int olderSize,
            List<Item> newer,
            int newerSize,
            @Nullable String failure,
            @Nullable Standing standing) {}

    static Verdict of(Outcome outcome, @Nullable Boolean contradicts) {
        return new Verdict(outcome, contradicts, null);
    }
}
