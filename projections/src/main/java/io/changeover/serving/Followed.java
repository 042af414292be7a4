package io.changeover.serving;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When this node last knew for sure what was decided about each view, and what it does with readers where that is too long
 * ago. Times are those of a nanosecond clock, given from outside.
 */
final class Followed {

    private static final Logger LOG = LoggerFactory.getLogger(Followed.class);

    private final Router router;
    private final long patience;
    private final Map<String, Long> knownAt = new ConcurrentHashMap<>();
    private final Map<String, Boolean> told = new ConcurrentHashMap<>();

    Followed(Router router, long patience) {
        this.router = router;
        this.patience = patience;
    }

    /** What was decided about the view up to now is known. */
    void known(String view, long now) {
        knownAt.put(view, now);
        if (told.remove(view) != null) {
            router.suspend(view, null);
            LOG.warn("This node follows who serves view {} again", view);
        }
    }

    /** Nanoseconds since the view was known that this node knows for least; 0 where it knows of none yet. */
    long unknownFor(long now) {
        return knownAt.values().stream().mapToLong(at -> now - at).max().orElse(0);
    }

    /** Judges all views. */
    void judge(long now) {
        knownAt.forEach((view, at) -> {
            if (now - at > patience && told.put(view, true) == null) {
                lost(view, (now - at) / 1_000_000_000L);
            }
        });
    }

    private void lost(String view, long seconds) {
        if (router.settings(view).cannotFollow() == CannotFollow.REFUSE) {
            router.suspend(
                    view,
                    ": it could not learn for %d s which version serves, and its setting is to refuse readers then"
                            .formatted(seconds));
            LOG.error(
                    "This node could not learn for {} s which version of view {} serves, and REFUSES its readers until it can, as changeover.serving.cannot-follow says; see to its database",
                    seconds,
                    view);
        } else {
            LOG.error(
                    "This node could not learn for {} s which version of view {} serves, and GOES ON BY THE LAST IT KNOWS, as changeover.serving.cannot-follow says; a rollback does not reach it until it can; see to its database",
                    seconds,
                    view);
        }
    }
}
