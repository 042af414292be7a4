package io.changeover.app.security;

import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who is let in.
 *
 * @param longestSession how long somebody stays signed in at most, however busy; 8 hours by default
 * @param oidc sign-in by OpenID Connect, which is there once {@code spring.security.oauth2.client} names a provider
 */
@ConfigurationProperties("changeover.access")
record AccessProperties(@DefaultValue("8h") Duration longestSession, @DefaultValue OpenId oidc) {

    /**
     * What a provider's claims mean here.
     *
     * @param rolesClaim claim that holds roles, as a list or as one text with blanks between; dots lead into objects, as in
     *     {@code realm_access.roles}; {@code roles} by default
     * @param roles role for each value of that claim that means one; by default a value means the role that is called so
     */
    record OpenId(@DefaultValue("roles") String rolesClaim, @DefaultValue Map<String, String> roles) {

        OpenId {
            roles = Map.copyOf(roles);
        }
    }
}
