package io.changeover.view;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads the parts that all declarations share, and collects what is wrong with them. */
final class Declaration {

    private static final List<Class<? extends Annotation>> RULES =
            List.of(NotCompared.class, Tolerance.class, Normalised.class, Unordered.class);

    private final Object declaration;
    private final List<String> problems = new ArrayList<>();

    Declaration(Object declaration) {
        this.declaration = declaration;
    }

    Object instance() {
        return declaration;
    }

    List<String> problems() {
        return problems;
    }

    void problem(String text) {
        problems.add(text);
    }

    <A extends Annotation> A required(Class<A> annotation) {
        A found = declaration.getClass().getAnnotation(annotation);
        if (found == null) {
            problem("class '%s' has no @%s; annotate it"
                    .formatted(declaration.getClass().getName(), annotation.getSimpleName()));
            throw invalid();
        }
        return found;
    }

    /** The row record is the one that the canonical method takes. */
    RowShape rows() {
        Class<?> parameter = canonicalMethod().getParameterTypes()[0];
        return RowShape.of(parameter, problems);
    }

    CanonicalForm canonical(RowShape rows) {
        CanonicalForm canonical = CanonicalForm.of(declaration, canonicalMethod(), rows, problems);
        RowShape shape = canonical.shape();
        requireNoRules(rows, shape);
        if (shape.keys().size() != rows.keys().size()) {
            problem("canonical record '%s' has %d @Key components but row '%s' has %d; both must name the same key"
                    .formatted(
                            shape.type().getSimpleName(),
                            shape.keys().size(),
                            rows.type().getSimpleName(),
                            rows.keys().size()));
        }
        return canonical;
    }

    /** A rule of equality anywhere else than on the canonical record would do nothing, silently. */
    private void requireNoRules(RowShape rows, RowShape canonical) {
        if (rows.type() == canonical.type()) {
            return;
        }
        for (RecordComponent component : rows.type().getRecordComponents()) {
            RULES.stream()
                    .filter(component::isAnnotationPresent)
                    .forEach(rule -> problem(
                            "component '%s' of row '%s' has @%s, but rows are compared as canonical records; move it to '%s'"
                                    .formatted(
                                            component.getName(),
                                            rows.type().getSimpleName(),
                                            rule.getSimpleName(),
                                            canonical.type().getSimpleName())));
        }
    }

    List<Method> methods(Class<? extends Annotation> annotation) {
        return Arrays.stream(declaration.getClass().getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(annotation))
                .toList();
    }

    private Method canonicalMethod() {
        List<Method> methods = methods(Canonical.class);
        if (methods.size() != 1
                || methods.get(0).getParameterCount() != 1
                || !methods.get(0).getParameterTypes()[0].isRecord()
                || !methods.get(0).getReturnType().isRecord()) {
            problem(
                    "there are %d @Canonical methods but there must be one, from the row's record to the canonical record"
                            .formatted(methods.size()));
            throw invalid();
        }
        return methods.get(0);
    }

    void throwIfInvalid() {
        if (!problems.isEmpty()) {
            throw invalid();
        }
    }

    private InvalidViewException invalid() {
        return new InvalidViewException(
                "View class '%s'".formatted(declaration.getClass().getSimpleName()), problems);
    }
}
