package io.changeover.catalog;

import io.changeover.event.EventType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.axonframework.serialization.AnnotationRevisionResolver;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/**
 * Looks for classes that seem to have a revision and have none: Axon reads its annotation from the class itself and from
 * superclasses, not from interfaces nor from other annotations, and then stores the event without a revision, silently.
 */
final class RevisionAnnotations {

    private static final AnnotationRevisionResolver AXON = new AnnotationRevisionResolver();

    private RevisionAnnotations() {}

    static List<String> problems(Collection<String> packages) {
        ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false) {
            @Override
            protected boolean isCandidateComponent(AnnotatedBeanDefinition definition) {
                return definition.getMetadata().isIndependent()
                        && !definition.getMetadata().isInterface();
            }
        };
        scanner.addIncludeFilter(new AnnotationTypeFilter(Revision.class, true, true));
        List<String> problems = new ArrayList<>();
        packages.stream()
                .flatMap(root -> scanner.findCandidateComponents(root).stream())
                .map(definition -> ClassUtils.resolveClassName(String.valueOf(definition.getBeanClassName()), null))
                .distinct()
                .sorted(Comparator.comparing(Class::getName))
                .forEach(type -> {
                    String problem = problem(type);
                    if (problem != null) {
                        problems.add(problem);
                    }
                });
        return problems;
    }

    private static @Nullable String problem(Class<?> type) {
        EventType ours = type.getAnnotation(EventType.class);
        String axon = AXON.revisionOf(type);
        if (ours != null) {
            return axon == null || axon.equals(Integer.toString(ours.revision()))
                    ? null
                    : "class '%s' is '%s@%d' by @EventType but has @Revision(\"%s\"); remove Axon's annotation, which is not read"
                            .formatted(type.getName(), ours.name(), ours.revision(), axon);
        }
        if (axon != null && !axon.isEmpty()) {
            return null;
        }
        Revision meant = AnnotatedElementUtils.findMergedAnnotation(type, Revision.class);
        return "the @Revision(\"%s\") of class '%s' resolves to %s, because Axon does not look for it %s; put @EventType, or @Revision, on the class itself"
                .formatted(
                        meant == null ? "" : meant.value(),
                        type.getName(),
                        axon == null ? "null" : "an empty text",
                        axon == null ? "on interfaces and other annotations" : "elsewhere");
    }
}
