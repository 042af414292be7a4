package io.changeover.projections.autoconfigure;

import io.changeover.projection.HandlerRefusedException;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;

/** The application's instances of event handling components. */
final class HandlerBeans {

    private HandlerBeans() {}

    /**
     * The one bean of the class.
     *
     * @throws HandlerRefusedException when there is none, or more than one
     */
    static Object one(Class<?> component, BeanFactory beans) {
        try {
            return beans.getBean(component);
        } catch (NoUniqueBeanDefinitionException e) {
            throw new HandlerRefusedException(
                    "Component '%s' is declared as a view version but there are %d beans of it, and it must be clear which one writes the rows; keep one, or mark it @Primary"
                            .formatted(component.getName(), e.getNumberOfBeansFound()));
        } catch (NoSuchBeanDefinitionException e) {
            if (e.getBeanType() != null && e.getBeanType() != component) {
                throw e; // something that the component itself needs
            }
            throw new HandlerRefusedException(
                    "Component '%s' is declared as a view version but there is no bean of it; make it a @Component, or declare it in a @Configuration"
                            .formatted(component.getName()));
        }
    }
}
