package io.changeover.app.security;

import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** The one place that says in which roles of a plan somebody can approve. Nothing that a request says changes it. */
public final class ApprovalRoles {

    private static final Set<String> OF_THE_TOKEN = Set.of("operator", "approver");

    private ApprovalRoles() {}

    /** Roles of whoever sent the current request: whoever holds the API token has them all, anybody else none. */
    public static Set<String> ofCaller() {
        Authentication caller = SecurityContextHolder.getContext().getAuthentication();
        Set<String> authorities = caller == null
                ? Set.of()
                : caller.getAuthorities().stream()
                        .map(authority -> String.valueOf(authority.getAuthority()))
                        .collect(Collectors.toSet());
        return authorities.contains("ROLE_" + Role.OPERATOR.name()) ? OF_THE_TOKEN : Set.of();
    }
}
