package io.changeover.app.security;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Whoever sent the current request, as far as it has been proven.
 *
 * @param name name of the person or token
 * @param shared whether several people may hold what proves it, so that the name is nobody's
 * @param roles written forms of all roles, with those that others imply
 */
public record SignedIn(String name, boolean shared, Set<String> roles) {

    /** Marks what several people may hold, such as the token in the file beside the data. */
    private static final String SHARED = "SHARED";

    public SignedIn {
        roles = Collections.unmodifiableSet(new TreeSet<>(roles));
    }

    /** Whoever sent the current request, or null where nobody has authenticated. */
    public static @Nullable SignedIn current() {
        Authentication caller = SecurityContextHolder.getContext().getAuthentication();
        if (caller == null || !caller.isAuthenticated() || caller instanceof AnonymousAuthenticationToken) {
            return null;
        }
        Set<String> roles = Role.words(caller.getAuthorities());
        boolean shared =
                caller.getAuthorities().stream().anyMatch(authority -> SHARED.equals(authority.getAuthority()));
        return new SignedIn(caller.getName(), shared, roles);
    }

    /** Whether one of the roles is this. */
    public boolean is(Role role) {
        return roles.contains(role.word());
    }

    /** Whether it may carry changeovers out; for pages, which ask by name. */
    public boolean isOperator() {
        return is(Role.OPERATOR);
    }

    /** Whether it may agree to steps. */
    public boolean isApprover() {
        return is(Role.APPROVER);
    }

    /** Whether it may see sensitive values as they are. */
    public boolean isUnmasked() {
        return is(Role.UNMASKED);
    }

    /** Whether it may say who may what. */
    public boolean isAdmin() {
        return is(Role.ADMIN);
    }

    /** Lets the current request be of somebody with these roles. */
    static void grant(String name, Collection<String> roles) {
        grant(name, Role.authorities(roles));
    }

    /** The same for views only, where there are any. */
    static void grant(String name, Collection<String> roles, Collection<String> views) {
        List<GrantedAuthority> authorities = new ArrayList<>(Role.authorities(roles));
        authorities.addAll(ViewScope.authorities(views));
        grant(name, authorities);
    }

    /** The same for what several people may hold. */
    static void grantShared(String name, Role role) {
        List<GrantedAuthority> authorities = new ArrayList<>(Role.authorities(List.of(role.word())));
        authorities.addAll(AuthorityUtils.createAuthorityList(SHARED));
        grant(name, authorities);
    }

    private static void grant(String name, List<GrantedAuthority> authorities) {
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(name, null, authorities));
        SecurityContextHolder.setContext(context);
    }
}
