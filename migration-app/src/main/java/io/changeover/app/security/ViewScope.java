package io.changeover.app.security;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;

/** The views that the token of the current request is for, where it is not for all. */
public final class ViewScope {

    private static final String PREFIX = "VIEW_";

    /** Addresses that name the view which they are about. */
    private static final Pattern OF_VIEW = Pattern.compile("/api/(?:views|changeovers)/([^/]+)(?:/.*)?");

    /** What lists all views, and what names the view in its body and so asks {@link #require} itself. */
    private static final Set<String> OF_ALL = Set.of("GET /api/views", "GET /api/changeovers", "POST /api/changeovers");

    private ViewScope() {}

    /**
     * Whether the current request may touch the view.
     *
     * @throws ViewNotPermittedException when its token is for other views
     */
    public static void require(String view) {
        Collection<String> views = views();
        if (!views.isEmpty() && !views.contains(view)) {
            throw refused("view '%s'".formatted(view), views);
        }
    }

    /** As {@link #require}, for whatever is at the address. What is not known to be about one view is about all. */
    static void requireAddress(String method, String path) {
        Collection<String> views = views();
        Matcher matcher = OF_VIEW.matcher(path);
        if (views.isEmpty() || OF_ALL.contains(method + " " + path)) {
            return;
        }
        if (!matcher.matches() || !views.contains(matcher.group(1))) {
            throw refused("'%s'".formatted(path), views);
        }
    }

    private static ViewNotPermittedException refused(String what, Collection<String> views) {
        return new ViewNotPermittedException(
                "The token is for the views '%s' and may touch nothing else, which %s is; send a token for all views"
                        .formatted(String.join("', '", views), what));
    }

    static List<GrantedAuthority> authorities(Collection<String> views) {
        return AuthorityUtils.createAuthorityList(
                views.stream().map(view -> PREFIX + view).toArray(String[]::new));
    }

    private static Collection<String> views() {
        Authentication caller = SecurityContextHolder.getContext().getAuthentication();
        Set<String> views = new TreeSet<>();
        if (caller != null) {
            for (GrantedAuthority authority : caller.getAuthorities()) {
                String name = String.valueOf(authority.getAuthority());
                if (name.startsWith(PREFIX)) {
                    views.add(name.substring(PREFIX.length()));
                }
            }
        }
        return views;
    }
}
