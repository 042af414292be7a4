package io.changeover.app.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OpenIdPeopleTest {

    private static OpenIdPeople people(String claim, Map<String, String> roles) {
        return new OpenIdPeople(new AccessProperties.OpenId(claim, roles));
    }

    @Test
    void a_name_is_never_that_of_a_local_person() {
        assertThat(OpenIdPeople.name("company", Map.of("preferred_username", "ann", "sub", "7")))
                .isEqualTo("company:ann");
        assertThat(OpenIdPeople.name("company", Map.of("sub", "7"))).isEqualTo("company:7");
        assertThatExceptionOfType(OAuth2AuthenticationException.class)
                .isThrownBy(() -> OpenIdPeople.name("company", Map.of("preferred_username", "a\nb")));
    }

    @Test
    void roles_come_from_a_claim_of_any_depth_as_list_or_text() {
        assertThat(people("roles", Map.of()).roles(Map.of("roles", List.of("viewer", "Other!"))))
                .containsExactly("viewer");
        assertThat(people("roles", Map.of()).roles(Map.of("roles", "viewer approver")))
                .containsExactly("approver", "viewer");
        assertThat(people("realm.roles", Map.of("ops", "operator"))
                        .roles(Map.of("realm", Map.of("roles", List.of("ops", "admin")))))
                .containsExactly("operator");
        assertThat(people("roles", Map.of()).roles(Map.of("roles", List.of("consumer"))))
                .isEmpty();
        assertThat(people("roles", Map.of()).roles(Map.of())).isEmpty();
    }

    @Test
    void an_open_door_is_told_at_the_start() {
        assertThat(OpenDoor.warning("127.0.0.1", false)).isEmpty();
        assertThat(OpenDoor.warning("0.0.0.0", true)).isEmpty();
        assertThat(OpenDoor.warning("", false)).isPresent();
        assertThat(OpenDoor.warning("0.0.0.0", false))
                .contains(
                        "The server listens at '0.0.0.0' without TLS, so passwords and tokens can be read on the way; set server.ssl, or let it listen at 127.0.0.1 behind a proxy that speaks TLS");
    }
}
