package io.changeover.view;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every declared view version of an application. Immutable and safe for use by several threads. */
public final class Versions {

    private final Map<String, NavigableMap<Integer, VersionDefinition>> byView;

    private Versions(Map<String, NavigableMap<Integer, VersionDefinition>> byView) {
        this.byView = byView;
    }

    /**
     * Joins definitions.
     *
     * @throws InvalidViewException when one version is declared twice or canonical records of a view differ
     */
    public static Versions of(Collection<? extends VersionDefinition> definitions) {
        List<String> problems = new ArrayList<>();
        Map<String, NavigableMap<Integer, VersionDefinition>> byView = new TreeMap<>();
        for (VersionDefinition definition : definitions) {
            VersionId id = definition.id();
            NavigableMap<Integer, VersionDefinition> versions =
                    byView.computeIfAbsent(id.view(), view -> new TreeMap<>());
            if (versions.put(id.version(), definition) != null) {
                problems.add("version '%s' is declared twice; give one of the classes another number".formatted(id));
            }
            Class<?> first =
                    versions.firstEntry().getValue().canonical().shape().type();
            Class<?> mine = definition.canonical().shape().type();
            if (first != mine) {
                problems.add(
                        "version '%s' has canonical record '%s' but others of the view have '%s'; a view has one canonical record"
                                .formatted(id, mine.getSimpleName(), first.getSimpleName()));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidViewException("The views", problems);
        }
        return new Versions(byView);
    }

    /** Names of all views, in order. */
    public List<String> views() {
        return List.copyOf(byView.keySet());
    }

    /** The versions of the view, oldest first; empty when there is no such view. */
    public List<VersionDefinition> of(String view) {
        NavigableMap<Integer, VersionDefinition> versions = byView.get(view);
        return versions == null ? List.of() : List.copyOf(versions.values());
    }

    /** The definition of one version, or empty when it is not declared. */
    public Optional<VersionDefinition> find(VersionId id) {
        return Optional.ofNullable(byView.get(id.view())).map(versions -> versions.get(id.version()));
    }

    /**
     * The definition of one version.
     *
     * @throws UnknownVersionException when it is not declared
     */
    public VersionDefinition get(VersionId id) {
        return find(id).orElseThrow(() -> unknown(id.view(), Integer.toString(id.version())));
    }

    /**
     * The definition of one version that is built by folds.
     *
     * @throws UnknownVersionException when it is not declared, or is maintained by somebody else
     */
    public FoldedVersion folded(VersionId id) {
        if (built(id) instanceof FoldedVersion folded) {
            return folded;
        }
        throw new UnknownVersionException(
                id.view(),
                "Version '%s' is built by an event handling component and has no folds; name a version with @View"
                        .formatted(id));
    }

    /**
     * The definition of one version that is built here, by folds or by a component.
     *
     * @throws UnknownVersionException when it is not declared, or is maintained by somebody else
     */
    public VersionDefinition built(VersionId id) {
        VersionDefinition version = get(id);
        if (version instanceof ForeignVersion) {
            throw new UnknownVersionException(
                    id.view(),
                    "Version '%s' is maintained by somebody else and is not built here; it can only be compared"
                            .formatted(id));
        }
        return version;
    }

    /** All versions that are built here, by folds or by components. */
    public List<VersionDefinition> built() {
        return all().filter(version -> !(version instanceof ForeignVersion)).toList();
    }

    /** All versions that are built by event handling components. */
    public List<HandlerVersion> handled() {
        return all().filter(HandlerVersion.class::isInstance)
                .map(HandlerVersion.class::cast)
                .toList();
    }

    /** All versions that are built by folds. */
    public List<FoldedVersion> folded() {
        return all().filter(FoldedVersion.class::isInstance)
                .map(FoldedVersion.class::cast)
                .toList();
    }

    private Stream<VersionDefinition> all() {
        return byView.values().stream().flatMap(versions -> versions.values().stream());
    }

    /**
     * Checks that a view is declared.
     *
     * @throws UnknownVersionException when it is not
     */
    public void requireView(String view) {
        if (!byView.containsKey(view)) {
            throw unknown(view, null);
        }
    }

    private UnknownVersionException unknown(String view, @Nullable String version) {
        if (!byView.containsKey(view)) {
            return new UnknownVersionException(
                    view,
                    "There is no view '%s'; the declared views are: %s".formatted(view, String.join(", ", views())));
        }
        return new UnknownVersionException(
                view,
                "View '%s' has no version '%s'; its versions are: %s"
                        .formatted(
                                view,
                                version,
                                String.join(
                                        ", ",
                                        byView.get(view).keySet().stream()
                                                .map(Object::toString)
                                                .toList())));
    }
}
