package io.changeover.apiversion;

import io.changeover.view.Versions;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.server.PathContainer;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.condition.PathPatternsRequestCondition;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Which endpoints of an application are versioned. They are looked for when this is first asked, since the mappings need
 * the version strategy before they are there themselves. Safe for use by several threads.
 */
public final class VersionedEndpoints {

    /** How versions are shown: {@code 1} for what is parsed to {@code 1.0.0}. */
    private static final Pattern TRAILING_ZEROS = Pattern.compile("(\\.0)+$");

    private final Supplier<Stream<RequestMappingInfoHandlerMapping>> mappings;
    private volatile @Nullable List<VersionedEndpoint> known;

    /** @param mappings the application's mappings, asked for once */
    public VersionedEndpoints(Supplier<Stream<RequestMappingInfoHandlerMapping>> mappings) {
        this.mappings = mappings;
    }

    /**
     * Refuses what would never tell a client anything.
     *
     * @throws InvalidPresentationException when an endpoint shows a view that is not declared, or names no API version
     */
    public void check(Versions versions) {
        List<String> problems = new ArrayList<>();
        Set<String> views = new HashSet<>(versions.views());
        for (VersionedEndpoint endpoint : all()) {
            Presents presents = endpoint.presents();
            if (presents == null) {
                continue;
            }
            if (!views.contains(presents.view())) {
                problems.add("%s shows view '%s', which must be one of %s; correct @Presents"
                        .formatted(
                                endpoint.name(),
                                presents.view(),
                                versions.views().stream().sorted().toList()));
            }
            if (endpoint.apiVersion() == null) {
                problems.add(
                        "%s shows '%s@%d' but its mapping must name an API version; add one such as @GetMapping(version = \"1\")"
                                .formatted(endpoint.name(), presents.view(), presents.version()));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidPresentationException(problems);
        }
    }

    /** The API versions that any endpoint names, in order of their numbers. */
    public List<String> apiVersions() {
        return versions(all().stream());
    }

    /** The versions that there are at the request's address, in order of their numbers; empty at any that has none. */
    List<String> at(HttpServletRequest request) {
        return versions(here(request));
    }

    boolean isVersioned(HttpServletRequest request) {
        return here(request).anyMatch(endpoint -> endpoint.apiVersion() != null);
    }

    Optional<VersionedEndpoint> of(Object handler) {
        Method method = handler instanceof HandlerMethod found ? found.getMethod() : null;
        return all().stream()
                .filter(endpoint -> endpoint.handler().equals(method))
                .findFirst();
    }

    /** The version of the API that shows the view's version at the request's address. */
    Optional<String> showing(String view, int version, HttpServletRequest request) {
        List<String> found = versions(here(request)
                .filter(endpoint -> endpoint.takes(request.getMethod()))
                .filter(endpoint -> endpoint.shows(view, version)));
        return found.isEmpty() ? Optional.empty() : Optional.of(found.get(found.size() - 1));
    }

    /** A version as people write it. */
    static String text(String version) {
        return TRAILING_ZEROS.matcher(version).replaceFirst("");
    }

    private Stream<VersionedEndpoint> here(HttpServletRequest request) {
        PathContainer path = path(request);
        return all().stream().filter(endpoint -> endpoint.isAt(path));
    }

    private static PathContainer path(HttpServletRequest request) {
        return (ServletRequestPathUtils.hasParsedRequestPath(request)
                        ? ServletRequestPathUtils.getParsedRequestPath(request)
                        : ServletRequestPathUtils.parseAndCache(request))
                .pathWithinApplication();
    }

    private static List<String> versions(Stream<VersionedEndpoint> endpoints) {
        return endpoints
                .flatMap(endpoint -> Stream.ofNullable(endpoint.apiVersion()))
                .distinct()
                .sorted(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    private List<VersionedEndpoint> all() {
        List<VersionedEndpoint> endpoints = known;
        if (endpoints == null) {
            endpoints = mappings.get()
                    .flatMap(mapping -> mapping.getHandlerMethods().entrySet().stream())
                    .map(VersionedEndpoints::endpoint)
                    .filter(endpoint -> endpoint.apiVersion() != null || endpoint.presents() != null)
                    .toList();
            known = endpoints;
        }
        return endpoints;
    }

    private static VersionedEndpoint endpoint(Map.Entry<RequestMappingInfo, HandlerMethod> mapped) {
        PathPatternsRequestCondition paths = mapped.getKey().getPathPatternsCondition();
        String version = mapped.getKey().getVersionCondition().getVersion();
        Method handler = mapped.getValue().getMethod();
        Presents presents = AnnotatedElementUtils.findMergedAnnotation(handler, Presents.class);
        return new VersionedEndpoint(
                handler,
                paths == null ? Set.of() : paths.getPatterns(),
                mapped.getKey().getMethodsCondition().getMethods().stream()
                        .map(Enum::name)
                        .collect(Collectors.toSet()),
                version == null || version.isEmpty() ? null : text(version),
                presents == null
                        ? AnnotatedElementUtils.findMergedAnnotation(
                                mapped.getValue().getBeanType(), Presents.class)
                        : presents);
    }
}
