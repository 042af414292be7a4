package io.changeover.app.rehearsal;

import io.changeover.gate.Gates;
import java.util.List;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;

/** The application without its web: one node with the domains of the class path. */
@EnableAutoConfiguration(
        excludeName = {
            "org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration"
        })
class RehearsedApplication {

    /** Whether what a domain does at its start is left out, since a copy has its history already. */
    static final String WITHOUT_RUNNERS = "changeover.rehearsal.without-runners";

    @Bean
    static BeanPostProcessor rehearsalGates() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof Gates gates ? new RehearsalGates(gates) : bean;
            }
        };
    }

    @Bean
    @ConditionalOnBooleanProperty(WITHOUT_RUNNERS)
    static BeanDefinitionRegistryPostProcessor withoutRunners() {
        return new BeanDefinitionRegistryPostProcessor() {
            @Override
            public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
                for (Class<?> runner : List.of(ApplicationRunner.class, CommandLineRunner.class)) {
                    for (String name : ((ListableBeanFactory) registry).getBeanNamesForType(runner, true, false)) {
                        registry.removeBeanDefinition(name);
                    }
                }
            }

            @Override
            public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {}
        };
    }
}
