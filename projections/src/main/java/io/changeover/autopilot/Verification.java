package io.changeover.autopilot;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The comparison that this node makes for a changeover, or made last.
 *
 * @param running whether it is being made
 * @param failure why the last one came to no verdict, or null
 * @param failedAt when that was, or null
 */
record Verification(boolean running, @Nullable String failure, @Nullable Instant failedAt) {

    static final Verification NONE = new Verification(false, null, null);
}
