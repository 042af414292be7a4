package io.changeover.serving;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * On whose behalf something is read.
 *
 * @param routingKey what makes the reader sticky, such as a principal or a session; null for a reader without one
 * @param principal authenticated name, or null; what pins go by
 * @param tenant tenant, or null; what pins go by
 * @param identity who is counted as reading
 * @param overrides versions that this reader is to be answered by, by view; whoever opens the context has made sure that
 *     the reader may ask for them
 * @param after what the reader has written or seen and must not miss, or null where it takes what is there
 * @param patience how long it waits for that at most; null for the configured time
 */
public record Reader(
        @Nullable String routingKey,
        @Nullable String principal,
        @Nullable String tenant,
        ReaderIdentity identity,
        Map<String, Integer> overrides,
        @Nullable ReadPosition after,
        @Nullable Duration patience) {

    /** Copies the overrides. */
    public Reader {
        overrides = Map.copyOf(overrides);
    }

    /** A reader of whom nothing is known but what makes it sticky. */
    public static Reader of(@Nullable String routingKey) {
        return new Reader(routingKey, null, null, ReaderIdentity.UNKNOWN, Map.of(), null, null);
    }

    /** The same of that tenant. */
    public Reader ofTenant(@Nullable String name) {
        return new Reader(routingKey, principal, name, identity, overrides, after, patience);
    }

    /** The same under that authenticated name. */
    public Reader as(@Nullable String name) {
        return new Reader(routingKey, name, tenant, identity, overrides, after, patience);
    }

    /** The same, counted as that. */
    public Reader countedAs(ReaderIdentity who) {
        return new Reader(routingKey, principal, tenant, who, overrides, after, patience);
    }

    /** The same, answered by these versions. */
    public Reader overriding(Map<String, Integer> versions) {
        return new Reader(routingKey, principal, tenant, identity, versions, after, patience);
    }

    /** The same, who must not miss what is there at the position. */
    public Reader after(@Nullable ReadPosition position, @Nullable Duration longest) {
        return new Reader(routingKey, principal, tenant, identity, overrides, position, longest);
    }
}
