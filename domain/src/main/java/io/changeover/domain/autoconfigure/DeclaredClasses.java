package io.changeover.domain.autoconfigure;

import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/**
 * Finds the classes that a team has annotated, in the packages that Spring Boot knows as the application's own. A plain
 * jar of a domain makes its package known with {@code @AutoConfigurationPackage}.
 */
public final class DeclaredClasses {

    private DeclaredClasses() {}

    /** All classes with the annotation in the application's packages, in the order of their names. */
    public static List<Class<?>> with(Class<? extends Annotation> annotation, BeanFactory beans) {
        return AutoConfigurationPackages.has(beans)
                ? with(annotation, AutoConfigurationPackages.get(beans))
                : List.of();
    }

    /** All classes with the annotation in these packages and below, in the order of their names. */
    public static List<Class<?>> with(Class<? extends Annotation> annotation, Collection<String> packages) {
        ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false) {
            @Override
            protected boolean isCandidateComponent(
                    org.springframework.beans.factory.annotation.AnnotatedBeanDefinition definition) {
                return definition.getMetadata().isIndependent();
            }
        };
        scanner.addIncludeFilter(new AnnotationTypeFilter(annotation));
        List<Class<?>> found = new ArrayList<>();
        for (String root : packages) {
            scanner.findCandidateComponents(root)
                    .forEach(definition -> found.add(
                            ClassUtils.resolveClassName(String.valueOf(definition.getBeanClassName()), null)));
        }
        return found.stream()
                .distinct()
                .sorted(Comparator.comparing(Class::getName))
                .toList();
    }
}
