package io.changeover.app.actuator;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether this node can serve a view.
 *
 * @param serving written forms of the versions that answer readers; empty where that is not known
 * @param why why it cannot, with what to do about it, or null where it can
 * @param known whether that was seen, and not only could not be found out
 */
record ViewReadiness(List<String> serving, @Nullable String why, boolean known) {

    ViewReadiness(List<String> serving, @Nullable String why) {
        this(serving, why, true);
    }

    ViewReadiness {
        serving = List.copyOf(serving);
    }
}
