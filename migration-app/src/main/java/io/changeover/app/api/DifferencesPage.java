package io.changeover.app.api;

import io.changeover.comparison.StoredDifference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some differences of a comparison.
 *
 * @param next what to ask for after them, or null where the comparison has no more yet
 */
record DifferencesPage(List<StoredDifference> differences, @Nullable Long next) {

    static DifferencesPage of(List<StoredDifference> differences, int limit) {
        return new DifferencesPage(
                differences,
                differences.size() < limit
                        ? null
                        : differences.get(differences.size() - 1).number());
    }
}
