package io.changeover.projections.autoconfigure;

import io.changeover.domain.autoconfigure.DeclaredClasses;
import io.changeover.view.HandlerView;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.axonframework.spring.config.MessageHandlerConfigurer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.ConstructorArgumentValues.ValueHolder;
import org.springframework.core.Ordered;

/**
 * Takes the components that are declared as view versions off the list of event handlers that Axon's own configuration has
 * found among the beans, so that Axon does not run them too. Their query and command handlers stay with Axon.
 *
 * <p>Axon puts its list into a bean definition ({@code MessageHandlerLookup}, in 4.13). Should a later Axon do so in
 * another way, nothing is taken off, and the check at the start refuses the component as run twice.
 */
final class HandlerTakeover implements BeanFactoryPostProcessor, Ordered {

    private static final String AXONS_LIST = "MessageHandlerConfigurer$$Axon$$" + MessageHandlerConfigurer.Type.EVENT;

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        Set<Class<?>> components = DeclaredClasses.with(HandlerView.class, beans).stream()
                .map(declaration -> Objects.requireNonNull(declaration.getAnnotation(HandlerView.class))
                        .handler())
                .collect(Collectors.toSet());
        if (components.isEmpty() || !beans.containsBeanDefinition(AXONS_LIST)) {
            return;
        }
        BeanDefinition list = beans.getBeanDefinition(AXONS_LIST);
        ValueHolder names = list.getConstructorArgumentValues().getIndexedArgumentValue(1, null);
        if (names != null && names.getValue() instanceof List<?> found) {
            names.setValue(found.stream()
                    .filter(name -> !isOneOf(components, beans.getType(String.valueOf(name))))
                    .toList());
        }
    }

    /** The bean may be of a subclass, as a proxy is. */
    private static boolean isOneOf(Set<Class<?>> components, @Nullable Class<?> bean) {
        return bean != null && components.stream().anyMatch(component -> component.isAssignableFrom(bean));
    }

    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }
}
