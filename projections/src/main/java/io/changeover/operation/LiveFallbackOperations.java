package io.changeover.operation;

import io.changeover.fallback.FallbackReport;
import io.changeover.fallback.Fallbacks;
import io.changeover.view.Versions;
import org.jspecify.annotations.Nullable;

/** Fallbacks as this node knows them. Safe for use by several threads. */
public final class LiveFallbackOperations implements FallbackOperations {

    private final Versions versions;
    private final @Nullable Fallbacks fallbacks;

    /**
     * The verb over the node's fallbacks.
     *
     * @param fallbacks null where readers are guarded by something else, or not at all
     */
    public LiveFallbackOperations(Versions versions, @Nullable Fallbacks fallbacks) {
        this.versions = versions;
        this.fallbacks = fallbacks;
    }

    @Override
    public FallbackReport fallbacks(String view) {
        versions.requireView(view);
        if (fallbacks == null) {
            throw new OperationRefusedException(
                    "no-fallbacks",
                    "Fallbacks of view '%s' are not counted, because changeover.fallback.enabled is false on this node or the application has a guard of its own; set it to true, or ask that guard"
                            .formatted(view));
        }
        return fallbacks
                .report(view)
                .orElseThrow(() -> new OperationRefusedException(
                        "no-changeover",
                        "View '%s' has had no changeover, so no call could fall back; declare one first"
                                .formatted(view)));
    }
}
