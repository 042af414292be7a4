package io.changeover.app.security;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;

/** What somebody who has authenticated may do. */
public enum Role {
    /** Sees everything but what is sensitive, and changes nothing. */
    VIEWER,
    /** Carries changeovers out. */
    OPERATOR,
    /** Agrees to steps of a plan. */
    APPROVER,
    /** Says who may what, on top of all that. */
    ADMIN,
    /** Sees sensitive values as they are. No other role implies it. */
    UNMASKED,
    /** Reads views, under a name that its reads are counted by. */
    CONSUMER;

    private static final String PREFIX = "ROLE_";

    private Set<Role> implied() {
        return switch (this) {
            case OPERATOR, APPROVER -> EnumSet.of(VIEWER);
            case ADMIN -> EnumSet.of(VIEWER, OPERATOR, APPROVER);
            case VIEWER, UNMASKED, CONSUMER -> EnumSet.noneOf(Role.class);
        };
    }

    /** The role's written form, such as {@code viewer}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role of the written form. */
    public static Optional<Role> ofWord(String word) {
        return List.of(values()).stream()
                .filter(role -> role.word().equals(word))
                .findFirst();
    }

    String authority() {
        return PREFIX + name();
    }

    /**
     * What Spring Security knows somebody by who has these roles, with all that they imply. A word that is no role here,
     * such as one by which a plan has steps approved, becomes an authority of its own.
     */
    static List<GrantedAuthority> authorities(Collection<String> words) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        Set<String> authorities = new TreeSet<>();
        for (String word : words) {
            Optional<Role> role = ofWord(word);
            role.ifPresent(known -> {
                roles.add(known);
                roles.addAll(known.implied());
            });
            if (role.isEmpty()) {
                authorities.add(PREFIX + word.toUpperCase(Locale.ROOT));
            }
        }
        roles.forEach(role -> authorities.add(role.authority()));
        return AuthorityUtils.createAuthorityList(authorities.toArray(String[]::new));
    }

    /** The written form of what Spring Security knows as a role. */
    static Set<String> words(Collection<? extends GrantedAuthority> authorities) {
        Set<String> words = new TreeSet<>();
        for (GrantedAuthority authority : authorities) {
            String name = String.valueOf(authority.getAuthority());
            if (name.startsWith(PREFIX)) {
                words.add(name.substring(PREFIX.length()).toLowerCase(Locale.ROOT));
            }
        }
        return words;
    }
}
