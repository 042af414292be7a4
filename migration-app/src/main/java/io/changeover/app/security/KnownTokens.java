package io.changeover.app.security;

import io.changeover.app.security.AccessTokens.AccessToken;
import io.changeover.app.security.People.Person;
import io.changeover.consumer.ConsumerCatalogue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells whose a secret is. What is found is remembered for a few seconds, so that readers do not ask the database for
 * each read; another node that revokes a token is heard that much later.
 */
final class KnownTokens {

    private static final Duration REMEMBERED = Duration.ofSeconds(5);
    private static final Duration COARSE = Duration.ofMinutes(15);
    private static final int MOST = 1_000;

    /**
     * What a token lets its holder do.
     *
     * @param roles those of its roles that its owner, where it has one, has too
     */
    record Holder(String name, Set<String> roles, Set<String> views, Instant expiresAt, Instant lookedAt) {}

    private final AccessTokens tokens;
    private final People people;
    private final @Nullable ConsumerCatalogue consumers;
    private final Clock clock;
    private final Map<String, Holder> holders = new LinkedHashMap<>();

    KnownTokens(AccessTokens tokens, People people, @Nullable ConsumerCatalogue consumers, Clock clock) {
        this.tokens = tokens;
        this.people = people;
        this.consumers = consumers;
        this.clock = clock;
    }

    /** The holder of the secret; empty for one that was never issued, has expired or was revoked. */
    Optional<Holder> holder(TokenSecret secret) {
        Instant now = clock.instant();
        byte[] hash = secret.hash();
        String key = Base64.getEncoder().encodeToString(hash);
        Holder known = remembered(key);
        if (known == null || known.lookedAt().plus(REMEMBERED).isBefore(now)) {
            known = look(hash, now);
            remember(key, known);
        }
        return Optional.ofNullable(known).filter(holder -> now.isBefore(holder.expiresAt()));
    }

    private @Nullable Holder look(byte[] hash, Instant now) {
        AccessToken token =
                tokens.byHash(hash).filter(found -> found.isGoodAt(now)).orElse(null);
        if (token == null) {
            return null;
        }
        Set<String> roles = token.roles();
        if (roles.contains(Role.CONSUMER.word())) {
            if (consumers == null || consumers.find(token.name()).isEmpty()) {
                return null; // whom nobody declares any more reads under no name
            }
        } else {
            Person owner = people.byName(token.name()).orElse(null);
            if (owner != null && owner.disabled()) {
                return null;
            }
            roles = owner == null ? roles : AccessOperations.owned(roles, owner);
        }
        tokens.used(token.id(), now, now.minus(COARSE));
        return new Holder(token.name(), roles, token.views(), token.expiresAt(), now);
    }

    private synchronized @Nullable Holder remembered(String key) {
        return holders.get(key);
    }

    private synchronized void remember(String key, @Nullable Holder holder) {
        holders.remove(key);
        if (holder != null) {
            holders.put(key, holder);
            if (holders.size() > MOST) {
                holders.remove(holders.keySet().iterator().next());
            }
        }
    }

    /** Looks again at each token, since some right has changed. */
    synchronized void forget() {
        holders.clear();
    }
}
