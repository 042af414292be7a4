package io.changeover.consumer;

import io.changeover.serving.ConsumerNames;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The declared name of a consumer, or for others whom somebody has authenticated their own while this node knows fewer
 * than 1,000 of these: whatever is counted for each name must not grow with the number of people. Safe for use by several
 * threads.
 */
public final class BoundedConsumerNames implements ConsumerNames {

    /** Name of all who have not said who they are. */
    public static final String ANONYMOUS = "anonymous";

    /** Name of all who are beyond the bound. */
    public static final String OTHERS = "others";

    static final int MAX_NAMES = 1_000;

    private static final int MAX_LENGTH = 100;

    private final ConsumerCatalogue catalogue;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    /** Names of the catalogue's consumers, and others. */
    public BoundedConsumerNames(ConsumerCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    @Override
    public String of(@Nullable String principal) {
        if (principal == null || principal.isBlank()) {
            return ANONYMOUS;
        }
        return catalogue.find(principal).isPresent() || known.contains(principal) || admitted(principal)
                ? principal
                : OTHERS;
    }

    private synchronized boolean admitted(String principal) {
        return principal.length() <= MAX_LENGTH
                && principal.chars().noneMatch(Character::isISOControl)
                && known.size() < MAX_NAMES
                && known.add(principal);
    }
}
