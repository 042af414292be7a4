package io.changeover.projections.autoconfigure;

import io.changeover.domain.autoconfigure.DeclaredClasses;
import io.changeover.serving.Freshness;
import io.changeover.serving.Guard;
import io.changeover.serving.ReadPath;
import io.changeover.serving.ReadTimes;
import io.changeover.serving.RoutedView;
import io.changeover.serving.Router;
import io.changeover.serving.Shadow;
import io.changeover.trace.Traces;
import io.changeover.view.Serves;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;

/**
 * Makes a bean of each class with {@link Serves} that is no candidate for injection itself, and for each view one bean
 * of the interface that these classes share: what readers inject is the router, and nothing else fits.
 */
final class RoutedViewRegistrar implements BeanDefinitionRegistryPostProcessor {

    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
        ConfigurableListableBeanFactory beans = (ConfigurableListableBeanFactory) registry;
        Map<String, Map<Integer, String>> readsByView = new TreeMap<>();
        Map<String, Class<?>> typeByView = new LinkedHashMap<>();
        for (Class<?> reads : DeclaredClasses.with(Serves.class, beans)) {
            Serves serves = Objects.requireNonNull(reads.getAnnotation(Serves.class));
            Class<?> type = interfaceOf(reads);
            Class<?> other = typeByView.putIfAbsent(serves.view(), type);
            if (other != null && other != type) {
                throw new IllegalStateException(
                        "Class '%s' serves view '%s' as '%s' but others serve it as '%s'; all versions of a view implement one interface"
                                .formatted(reads.getName(), serves.view(), type.getName(), other.getName()));
            }
            String name = "changeover.reads." + serves.view() + "." + serves.version();
            String twin = readsByView
                    .computeIfAbsent(serves.view(), view -> new TreeMap<>())
                    .put(serves.version(), name);
            if (twin != null) {
                throw new IllegalStateException(
                        "Two classes serve version %d of view '%s', one of them '%s'; remove one"
                                .formatted(serves.version(), serves.view(), reads.getName()));
            }
            RootBeanDefinition definition = new RootBeanDefinition(reads);
            definition.setAutowireMode(RootBeanDefinition.AUTOWIRE_CONSTRUCTOR);
            definition.setAutowireCandidate(false);
            registry.registerBeanDefinition(name, definition);
        }
        readsByView.forEach((view, reads) -> registry.registerBeanDefinition(
                "changeover.view." + view,
                routedView(view, Objects.requireNonNull(typeByView.get(view)), reads, beans)));
    }

    private static <T> RootBeanDefinition routedView(
            String view, Class<T> type, Map<Integer, String> reads, BeanFactory beans) {
        return (RootBeanDefinition) BeanDefinitionBuilder.rootBeanDefinition(type, () -> {
                    Map<Integer, Object> targets = new TreeMap<>();
                    reads.forEach((version, name) -> targets.put(version, beans.getBean(name)));
                    Router router = beans.getBean(Router.class);
                    requireReads(view, router.settings(view).serve(), targets);
                    return RoutedView.of(view, type, router, path(beans), targets);
                })
                .getBeanDefinition();
    }

    private static ReadPath path(BeanFactory beans) {
        return new ReadPath(
                beans.getBeanProvider(Freshness.class).getIfAvailable(),
                beans.getBeanProvider(Guard.class).getIfAvailable(() -> Guard.NONE),
                beans.getBeanProvider(Shadow.class).getIfAvailable(() -> Shadow.NONE),
                beans.getBeanProvider(ReadTimes.class).getIfAvailable(() -> ReadTimes.NONE),
                beans.getBeanProvider(Traces.class).getIfAvailable(() -> Traces.NONE));
    }

    private static void requireReads(String view, @Nullable Integer configured, Map<Integer, Object> targets) {
        if (configured != null && !targets.containsKey(configured)) {
            throw new IllegalStateException(
                    "Property changeover.views.%s.serve is %d, but only versions %s of the view have a class with @Serves; name one of them or leave the property out"
                            .formatted(view, configured, targets.keySet()));
        }
    }

    private static Class<?> interfaceOf(Class<?> reads) {
        Class<?>[] interfaces = reads.getInterfaces();
        if (interfaces.length != 1) {
            throw new IllegalStateException(
                    "Class '%s' has @Serves and must implement exactly one interface, that of its view, but implements %s; correct the class"
                            .formatted(reads.getName(), Arrays.toString(interfaces)));
        }
        return interfaces[0];
    }
}
