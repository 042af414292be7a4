package io.changeover.apiversion;

import java.lang.reflect.Method;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;

/**
 * An endpoint whose mapping names an API version, or that shows a view's version.
 *
 * @param handler the method that answers
 * @param patterns addresses it answers at
 * @param methods names of HTTP methods it answers to; empty for all
 * @param apiVersion version that its mapping names, or null
 * @param presents what it shows, or null
 */
record VersionedEndpoint(
        Method handler,
        Set<PathPattern> patterns,
        Set<String> methods,
        @Nullable String apiVersion,
        @Nullable Presents presents) {

    boolean isAt(PathContainer path) {
        return patterns.stream().anyMatch(pattern -> pattern.matches(path));
    }

    boolean takes(String method) {
        return methods.isEmpty() || methods.contains(method);
    }

    boolean shows(String view, int version) {
        return presents != null && presents.view().equals(view) && presents.version() == version;
    }

    String name() {
        return handler.getDeclaringClass().getName() + "." + handler.getName();
    }
}
