package io.changeover.app.security;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tokens of tests that have no database; found by whoever scans this package. */
@Component
public final class InMemoryAccessTokens implements AccessTokens {

    private static final Instant REVOKED = Instant.parse("2027-02-01T10:00:00Z");

    /** How often a use was noted. */
    int noted;

    private final Map<UUID, AccessToken> tokens = new LinkedHashMap<>();
    private final Map<String, UUID> hashes = new LinkedHashMap<>();

    @Override
    public synchronized List<AccessToken> all() {
        return tokens.values().stream()
                .sorted(Comparator.comparing(AccessToken::name))
                .toList();
    }

    @Override
    public synchronized Optional<AccessToken> byId(UUID id) {
        return Optional.ofNullable(tokens.get(id));
    }

    @Override
    public synchronized Optional<AccessToken> byHash(byte[] hash) {
        return Optional.ofNullable(hashes.get(HexFormat.of().formatHex(hash))).map(tokens::get);
    }

    @Override
    public synchronized void add(AccessToken token, byte[] hash) {
        tokens.put(token.id(), token);
        hashes.put(HexFormat.of().formatHex(hash), token.id());
    }

    @Override
    public synchronized boolean revoke(UUID id, String actor) {
        return change(id, token -> with(token, REVOKED, token.lastUsedAt()));
    }

    @Override
    public synchronized void used(UUID id, Instant at, Instant unlessSince) {
        change(id, token -> {
            if (token.lastUsedAt() != null && !token.lastUsedAt().isBefore(unlessSince)) {
                return token;
            }
            noted++;
            return with(token, token.revokedAt(), at);
        });
    }

    private boolean change(UUID id, UnaryOperator<AccessToken> to) {
        return tokens.computeIfPresent(id, (unchanged, token) -> to.apply(token)) != null;
    }

    private static AccessToken with(AccessToken token, @Nullable Instant revokedAt, @Nullable Instant lastUsedAt) {
        return new AccessToken(
                token.id(),
                token.name(),
                token.roles(),
                token.views(),
                token.createdAt(),
                token.createdBy(),
                token.expiresAt(),
                revokedAt,
                lastUsedAt);
    }

    /** None is there afterwards. */
    public synchronized void clear() {
        new ArrayList<>(tokens.keySet()).forEach(tokens::remove);
        hashes.clear();
    }
}
