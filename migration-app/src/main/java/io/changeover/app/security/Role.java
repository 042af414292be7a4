package io.changeover.app.security;

import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;

/** What somebody who has authenticated may be. */
enum Role {
    /** Operates, and so may ask the API. */
    OPERATOR,
    /** Reads views, under a name that its reads are counted by. */
    CONSUMER;

    /** Lets the current request be of somebody in this role. */
    void grant(String name) {
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                name, null, AuthorityUtils.createAuthorityList("ROLE_" + name())));
        SecurityContextHolder.setContext(context);
    }
}
