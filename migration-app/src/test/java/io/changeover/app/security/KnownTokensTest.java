package io.changeover.app.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.app.security.AccessTokens.AccessToken;
import io.changeover.app.security.People.Person;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KnownTokensTest {

    private final SignInThrottleTest.Hand clock = new SignInThrottleTest.Hand();
    private final InMemoryAccessTokens tokens = new InMemoryAccessTokens();
    private final InMemoryPeople people = new InMemoryPeople();
    private final KnownTokens known = new KnownTokens(tokens, people, null, clock);
    private final UUID id = UUID.randomUUID();

    private TokenSecret issued(String name, String... roles) {
        TokenSecret secret = TokenSecret.fresh(new Random(7));
        tokens.add(
                new AccessToken(
                        id,
                        name,
                        Set.of(roles),
                        Set.of(),
                        clock.instant(),
                        "root",
                        clock.instant().plus(Duration.ofDays(1)),
                        null,
                        null),
                secret.hash());
        return secret;
    }

    @Test
    void a_token_is_good_until_it_expires_to_the_moment() {
        TokenSecret secret = issued("ci", "viewer");
        assertThat(known.holder(secret)).map(KnownTokens.Holder::roles).contains(Set.of("viewer"));
        clock.forward(Duration.ofDays(1).minusSeconds(1));
        assertThat(known.holder(secret)).isPresent();
        clock.forward(Duration.ofSeconds(1));
        assertThat(known.holder(secret)).isEmpty();
        assertThat(known.holder(new TokenSecret("cho_another"))).isEmpty();
    }

    @Test
    void another_node_hears_of_a_revocation_within_seconds() {
        TokenSecret secret = issued("ci", "viewer");
        assertThat(known.holder(secret)).isPresent();
        tokens.revoke(id, "root");
        clock.forward(Duration.ofSeconds(6));
        assertThat(known.holder(secret)).isEmpty();
    }

    @Test
    void its_use_is_noted_by_the_quarter_of_an_hour() {
        TokenSecret secret = issued("ci", "viewer");
        for (int minute = 0; minute < 40; minute++) {
            assertThat(known.holder(secret)).isPresent();
            clock.forward(Duration.ofMinutes(1));
        }
        assertThat(tokens.noted).isEqualTo(3);
    }

    @Test
    void a_persons_token_may_what_the_person_may_today() {
        people.add(new Person("ann", "", Set.of("operator"), false, false), "root");
        TokenSecret secret = issued("ann", "operator", "viewer", "approver");
        assertThat(known.holder(secret)).map(KnownTokens.Holder::roles).contains(Set.of("operator", "viewer"));
        people.add(new Person("root", "", Set.of("admin"), false, false), "root");
        people.changeDisabled("ann", true, "root");
        known.forget();
        assertThat(known.holder(secret)).isEmpty();
    }

    @Test
    void a_consumers_token_reads_only_while_the_consumer_is_declared() {
        assertThat(known.holder(issued("web-shop", "consumer"))).isEmpty();
    }

    @Test
    void a_secret_is_never_printed_by_accident() {
        assertThat(issued("ci", "viewer")).hasToString("a token");
    }
}
