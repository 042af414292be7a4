package io.changeover.view;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads the parts that all declarations share, and collects what is wrong with them. */
final class Declaration {

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
        Method method = canonicalMethod();
        method.setAccessible(true);
        RowShape shape = RowShape.of(method.getReturnType(), problems);
        if (shape.keys().size() != rows.keys().size()) {
            problem("canonical record '%s' has %d @Key components but row '%s' has %d; both must name the same key"
                    .formatted(
                            shape.type().getSimpleName(),
                            shape.keys().size(),
                            rows.type().getSimpleName(),
                            rows.keys().size()));
        }
        return new CanonicalForm(declaration, method, shape);
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
