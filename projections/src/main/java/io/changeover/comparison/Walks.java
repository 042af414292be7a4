package io.changeover.comparison;

import io.changeover.parity.ParityProgress;
import io.changeover.parity.ParityWalk;
import io.changeover.view.VersionId;
import org.jspecify.annotations.Nullable;

/** Begins comparisons, or goes on with them: {@link io.changeover.parity.ParityCheck#walk}. */
@FunctionalInterface
public interface Walks {

    /** @param from how far the comparison had come, or null to begin */
    ParityWalk walk(VersionId left, VersionId right, @Nullable ParityProgress from);
}
