package io.changeover.operation;

import io.changeover.fallback.FallbackReport;

/** The verb that shows how readers of a new version fare. */
public interface FallbackOperations {

    /**
     * How calls ended that were the new version's to answer, in the open changeover of the view or the last one.
     *
     * @throws OperationRefusedException when the view had no changeover, or this node does not count
     * @throws io.changeover.view.UnknownVersionException when the view is not declared
     */
    FallbackReport fallbacks(String view);
}
