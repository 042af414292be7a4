package io.changeover.shadow;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call that the two versions answered differently. Sensitive values are masked: the same value has the same mask, another
 * value another, and nothing leads back.
 *
 * @param method method of the view's interface, with the types of its parameters
 * @param serving number of the version that answered the caller
 * @param shadow number of the version that was asked too
 * @param kinds what is the matter: "missing" or "extra" for what the new version lacks or has beyond the old one, "order",
 *     "field:" with the component, "value", "error" and "slow" for a shadow that failed or was stopped
 * @param arguments arguments of the call; texts are masked, but for keys of shown records
 * @param older the old version's answer: {@code items} is how many it has, {@code differing} at most ten of those that
 *     differ; null where it gave none
 * @param newer the same of the new version
 * @param failure the classes of what the shadow threw, or null
 * @param oldPosition position up to which the old version had applied all events, or null where nobody looked
 * @param newPosition the same of the new version
 * @param node node that compared
 * @param at when
 */
public record ShadowDifference(
        String method,
        int serving,
        int shadow,
        List<String> kinds,
        List<@Nullable Object> arguments,
        @Nullable Map<String, @Nullable Object> older,
        @Nullable Map<String, @Nullable Object> newer,
        @Nullable String failure,
        @Nullable Long oldPosition,
        @Nullable Long newPosition,
        String node,
        Instant at) {}
