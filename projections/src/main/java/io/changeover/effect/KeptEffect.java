package io.changeover.effect;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One effect of one event, as it stands.
 *
 * @param position position of the event
 * @param name name of the effect
 * @param version version that it was given to, such as {@code order-board@2}
 * @param eventId identifier of the event
 * @param aggregateId identifier of the aggregate that wrote the event
 * @param key what its receiver knows it by
 * @param state {@code pending}, {@code done}, {@code failed}, {@code skipped}, {@code compensating}, {@code compensated} or
 *     {@code uncompensated}
 * @param attempts attempts so far
 * @param dueAt when it is tried next, where it is to be
 * @param failure why the last attempt has failed, or what it waits for; sensitive values of the event are masked; or null
 * @param claimedBy node that carries it out now, or null
 * @param changedAt when it came into this state, or was tried last
 * @param decidedBy who has retried or skipped it last, or null
 * @param reason why they have, or null
 */
public record KeptEffect(
        long position,
        String name,
        String version,
        String eventId,
        String aggregateId,
        String key,
        String state,
        int attempts,
        Instant dueAt,
        @Nullable String failure,
        @Nullable String claimedBy,
        Instant changedAt,
        @Nullable String decidedBy,
        @Nullable String reason) {}
