package io.changeover.effect;

import io.changeover.event.EventType;
import io.changeover.event.EventTypes;
import io.changeover.view.InvalidVersionIdException;
import io.changeover.view.VersionId;
import io.changeover.view.Versions;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The effects that an application declares, by version. Immutable and safe for use by several threads. */
public final class EffectCatalogue {

    /**
     * A class with {@link Effects}.
     *
     * @param type the class as written
     * @param instance what its methods are called on
     */
    public record Declared(Class<?> type, Object instance) {}

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final int MAX_NAME = 60;

    private final Versions versions;
    private final Map<VersionId, NavigableMap<String, EffectMethod>> byVersion;

    private EffectCatalogue(Versions versions, Map<VersionId, NavigableMap<String, EffectMethod>> byVersion) {
        this.versions = versions;
        this.byVersion = byVersion;
    }

    /**
     * Reads the declarations.
     *
     * @param versions versions of the application; effects may belong to no other
     * @param types events of the application; no other can cause an effect
     * @throws InvalidEffectsException naming every problem at once
     */
    public static EffectCatalogue of(Collection<Declared> declared, Versions versions, EventTypes types) {
        List<String> problems = new ArrayList<>();
        Map<VersionId, NavigableMap<String, EffectMethod>> byVersion = new HashMap<>();
        declared.stream()
                .sorted(Comparator.comparing(each -> each.type().getName()))
                .forEach(each -> read(each, versions, types, byVersion, problems));
        if (!problems.isEmpty()) {
            throw new InvalidEffectsException(problems);
        }
        return new EffectCatalogue(versions, byVersion);
    }

    private static void read(
            Declared declared,
            Versions versions,
            EventTypes types,
            Map<VersionId, NavigableMap<String, EffectMethod>> byVersion,
            List<String> problems) {
        VersionId version = version(declared.type(), versions, problems);
        Map<String, Method> compensations = new HashMap<>();
        for (Method method : methods(declared.type(), Compensation.class)) {
            Method other =
                    compensations.put(method.getAnnotation(Compensation.class).value(), method);
            if (other != null) {
                problems.add("effect '%s' of class '%s' has two @Compensation methods but may have one; remove one"
                        .formatted(
                                method.getAnnotation(Compensation.class).value(),
                                declared.type().getSimpleName()));
            }
        }
        List<Method> methods = methods(declared.type(), Effect.class);
        if (methods.isEmpty()) {
            problems.add("class '%s' has @Effects but no method with @Effect; add one"
                    .formatted(declared.type().getName()));
        }
        for (Method method : methods) {
            Effect effect = method.getAnnotation(Effect.class);
            Method compensation = compensations.remove(effect.value());
            EffectMethod read = effect(declared, version, method, effect, compensation, types, problems);
            if (read != null && version != null) {
                EffectMethod other = byVersion
                        .computeIfAbsent(version, id -> new TreeMap<>())
                        .putIfAbsent(effect.value(), read);
                if (other != null) {
                    problems.add("effect '%s' of version '%s' is declared twice; rename one"
                            .formatted(effect.value(), version));
                }
            }
        }
        compensations
                .keySet()
                .forEach(name -> problems.add(
                        "@Compensation of class '%s' names effect '%s', which the class does not declare; correct the name"
                                .formatted(declared.type().getSimpleName(), name)));
    }

    private static @Nullable VersionId version(Class<?> type, Versions versions, List<String> problems) {
        Effects effects = type.getAnnotation(Effects.class);
        if (effects == null) {
            problems.add("class '%s' has no @Effects; annotate it".formatted(type.getName()));
            return null;
        }
        try {
            VersionId id = new VersionId(effects.view(), effects.version());
            if (versions.find(id).isEmpty()) {
                problems.add("class '%s' has effects of version '%s', which is not declared; name one that is: %s"
                        .formatted(
                                type.getName(),
                                id,
                                versions.of(id.view()).stream()
                                        .map(version -> version.id().toString())
                                        .collect(Collectors.joining(", "))));
                return null;
            }
            return id;
        } catch (InvalidVersionIdException e) {
            problems.add("class '%s': %s".formatted(type.getName(), e.getMessage()));
            return null;
        }
    }

    private static @Nullable EffectMethod effect(
            Declared declared,
            @Nullable VersionId version,
            Method method,
            Effect effect,
            @Nullable Method compensation,
            EventTypes types,
            List<String> problems) {
        int before = problems.size();
        String name = effect.value();
        if (!NAME.matcher(name).matches() || name.length() > MAX_NAME) {
            problems.add(
                    "effect name '%s' of class '%s' must be lower-case words joined by hyphens, such as 'confirmation', with at most %d characters; rename it"
                            .formatted(name, declared.type().getSimpleName(), MAX_NAME));
        }
        Class<?> event = event(method, types, problems);
        Class<?> undone = compensation == null ? event : event(compensation, types, problems);
        if (event != null && undone != null && event != undone) {
            problems.add(
                    "effect '%s' of class '%s' takes '%s' but its compensation takes '%s'; both must take one event"
                            .formatted(
                                    name,
                                    declared.type().getSimpleName(),
                                    event.getSimpleName(),
                                    undone.getSimpleName()));
        }
        if (event == null || version == null || problems.size() > before) {
            return null;
        }
        return new EffectMethod(
                version,
                name,
                effect.order(),
                event,
                new EffectMethod.Call(declared.instance(), method),
                compensation == null ? null : new EffectMethod.Call(declared.instance(), compensation));
    }

    /** The event class that the method takes, or null and a problem. */
    private static @Nullable Class<?> event(Method method, EventTypes types, List<String> problems) {
        String name = "method '%s'".formatted(method.toGenericString());
        if (Modifier.isPrivate(method.getModifiers()) || Modifier.isStatic(method.getModifiers())) {
            problems.add("%s must be neither private nor static, so that it is called on the bean; change it"
                    .formatted(name));
        }
        if (method.getReturnType() != void.class) {
            problems.add("%s returns '%s', which nobody reads; return nothing"
                    .formatted(name, method.getReturnType().getSimpleName()));
        }
        List<Class<?>> events = Arrays.stream(method.getParameterTypes())
                .filter(type -> type.isAnnotationPresent(EventType.class))
                .collect(Collectors.toList());
        long calls = Arrays.stream(method.getParameterTypes())
                .filter(type -> type == EffectCall.class)
                .count();
        if (events.size() != 1 || calls > 1 || method.getParameterCount() != 1 + calls) {
            problems.add("%s must take one event with @EventType and at most one EffectCall; correct its parameters"
                    .formatted(name));
            return null;
        }
        Class<?> event = events.get(0);
        if (types.typeOf(event) == null) {
            problems.add("%s takes '%s', which is no event of this application; declare the event"
                    .formatted(name, event.getSimpleName()));
            return null;
        }
        return event;
    }

    private static List<Method> methods(Class<?> type, Class<? extends Annotation> annotation) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(annotation))
                .sorted(Comparator.comparing(Method::toGenericString))
                .toList();
    }

    /** Views with effects, in order. */
    public List<String> views() {
        return byVersion.keySet().stream()
                .map(VersionId::view)
                .distinct()
                .sorted()
                .toList();
    }

    /**
     * Checks that a view is declared.
     *
     * @throws io.changeover.view.UnknownVersionException when it is not
     */
    void requireView(String view) {
        versions.requireView(view);
    }

    /** Whether this application declares the version, with or without effects. */
    boolean knows(VersionId version) {
        return versions.find(version).isPresent();
    }

    /** The effects of the version, in the order in which one event causes them. */
    List<EffectMethod> of(VersionId version) {
        return byVersion.getOrDefault(version, new TreeMap<>()).values().stream()
                .sorted(Comparator.comparingInt(EffectMethod::order).thenComparing(EffectMethod::name))
                .toList();
    }

    Optional<EffectMethod> find(VersionId version, String name) {
        return Optional.ofNullable(byVersion.get(version)).map(effects -> effects.get(name));
    }

    /** Names of the events that cause an effect of any version of the view. */
    Set<String> eventNames(String view) {
        return all().stream()
                .filter(effect -> effect.version().view().equals(view))
                .map(effect -> EventTypes.nameOf(effect.eventClass()))
                .collect(Collectors.toSet());
    }

    /** What the given says of each effect. */
    List<String> each(Function<EffectMethod, String> says) {
        return all().stream().map(says).toList();
    }

    private List<EffectMethod> all() {
        return byVersion.values().stream()
                .flatMap(effects -> effects.values().stream())
                .toList();
    }
}
