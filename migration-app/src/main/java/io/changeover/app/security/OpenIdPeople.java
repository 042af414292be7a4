package io.changeover.app.security;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/**
 * People who prove elsewhere who they are. Their name begins with that of the provider and a colon, which no local name
 * holds, so nobody there becomes somebody here. What role they have is a claim's to say.
 */
final class OpenIdPeople implements OAuth2UserService<OidcUserRequest, OidcUser> {

    private static final int LONGEST = 100;

    private final OidcUserService service = new OidcUserService();
    private final AccessProperties.OpenId properties;

    OpenIdPeople(AccessProperties.OpenId properties) {
        this.properties = properties;
    }

    @Override
    public OidcUser loadUser(OidcUserRequest request) {
        OidcUser user = service.loadUser(request);
        String name = name(request.getClientRegistration().getRegistrationId(), user.getClaims());
        return new Named(name, Role.authorities(roles(user.getClaims())), user);
    }

    static String name(String provider, Map<String, Object> claims) {
        Object preferred = claims.get("preferred_username");
        String name = "%s:%s"
                .formatted(
                        provider,
                        preferred instanceof String text && !text.isBlank() ? text.strip() : claims.get("sub"));
        if (name.length() > LONGEST || name.chars().anyMatch(Character::isISOControl)) {
            throw new OAuth2AuthenticationException("invalid_name");
        }
        return name;
    }

    /** The roles that the claims give; a value that means none here gives none. */
    Set<String> roles(Map<String, Object> claims) {
        Set<String> roles = new TreeSet<>();
        for (String value : values(claim(claims))) {
            String role =
                    properties.roles().isEmpty() ? value : properties.roles().get(value);
            if (role != null && role.matches("[a-z][a-z0-9-]{0,39}") && !role.equals(Role.CONSUMER.word())) {
                roles.add(role);
            }
        }
        return roles;
    }

    private @Nullable Object claim(Map<String, Object> claims) {
        Object whole = claims.get(properties.rolesClaim());
        if (whole != null) {
            return whole;
        }
        Object found = claims;
        for (String part : List.of(properties.rolesClaim().split("\\.", -1))) {
            found = found instanceof Map<?, ?> map ? map.get(part) : null;
        }
        return found;
    }

    private static List<String> values(@Nullable Object claim) {
        if (claim instanceof String text) {
            return List.of(text.strip().split("\\s+"));
        }
        List<String> values = new ArrayList<>();
        if (claim instanceof Collection<?> all) {
            all.forEach(each -> values.add(String.valueOf(each)));
        }
        return values;
    }

    /** Somebody whose name is not one claim alone. */
    private static final class Named extends DefaultOidcUser {

        private static final long serialVersionUID = 1L;

        private final String name;

        Named(String name, Collection<? extends GrantedAuthority> authorities, OidcUser user) {
            super(authorities, user.getIdToken(), user.getUserInfo());
            this.name = name;
        }

        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return super.equals(other) && other instanceof Named named && name.equals(named.name);
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }
    }
}
