package io.changeover.freshness;

import io.changeover.view.VersionId;
import java.time.Duration;

/** Refusals for tests of other packages. */
public final class KnownRefusals {

    private KnownRefusals() {}

    /** Version 1 was at 41 and not at 45 within 500 ms. */
    public static ReadBehindException timedOut() {
        return ReadBehindException.timedOut(VersionId.parse("order-board@1"), 45, 41, Duration.ofMillis(500));
    }
}
