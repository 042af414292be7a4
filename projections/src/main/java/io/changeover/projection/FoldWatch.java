package io.changeover.projection;

import io.changeover.view.FoldedVersion;

/** Is told before this process folds events of a version into rows, so that it can be known by which code rows were made. */
@FunctionalInterface
public interface FoldWatch {

    /**
     * Live processing or a backfill is about to begin. What this throws keeps it from beginning.
     *
     * @param version the version with the folds of this process
     */
    void aboutToFold(FoldedVersion version);
}
