package io.changeover.app.security;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The tokens that have been issued. What lets somebody in is not kept, only its hash. */
public interface AccessTokens {

    /**
     * A token.
     *
     * @param id identifier, which lets nobody in
     * @param name name in which it asks; one that a person has too makes it that person's
     * @param roles written forms of its roles
     * @param views views that it may touch; empty for all
     * @param createdAt when it was issued
     * @param createdBy by whom
     * @param expiresAt from when on it is refused
     * @param revokedAt when it was revoked, or null
     * @param lastUsedAt when it was last seen to be used, by the quarter of an hour, or null for never
     */
    record AccessToken(
            UUID id,
            String name,
            Set<String> roles,
            Set<String> views,
            Instant createdAt,
            String createdBy,
            Instant expiresAt,
            @Nullable Instant revokedAt,
            @Nullable Instant lastUsedAt) {

        /** Copies the sets. */
        public AccessToken {
            roles = Set.copyOf(roles);
            views = Set.copyOf(views);
        }

        boolean isGoodAt(Instant now) {
            return revokedAt == null && now.isBefore(expiresAt);
        }
    }

    /** All of them, by name and then by age. */
    List<AccessToken> all();

    /** The one of the identifier. */
    Optional<AccessToken> byId(UUID id);

    /** The one whose secret has this SHA-256, whether it is still good or not. */
    Optional<AccessToken> byHash(byte[] hash);

    /** Keeps a new one, and who issued it in the trail. */
    void add(AccessToken token, byte[] hash);

    /**
     * Has it refused from now on, and keeps who did so in the trail.
     *
     * @return false when it is not there or was revoked before, and nothing has changed
     */
    boolean revoke(UUID id, String actor);

    /** Notes that it is used, unless that was noted since the given time. */
    void used(UUID id, Instant at, Instant unlessSince);
}
