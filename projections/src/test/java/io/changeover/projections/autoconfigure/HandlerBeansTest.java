package io.changeover.projections.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.changeover.projection.HandlerRefusedException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.UnsatisfiedDependencyException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Lazy;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HandlerBeansTest {

    static class Writer {}

    @Lazy
    static class Needy {

        Needy(Writer writer) {}
    }

    private final ApplicationContextRunner runner = new ApplicationContextRunner();

    @Test
    void the_one_bean_of_the_class_is_the_component() {
        runner.withBean(Writer.class).run(context -> assertThat(HandlerBeans.one(Writer.class, context))
                .isSameAs(context.getBean(Writer.class)));
    }

    @Test
    void a_component_that_is_no_bean_is_refused() {
        runner.run(
                context -> assertThatExceptionOfType(HandlerRefusedException.class)
                        .isThrownBy(() -> HandlerBeans.one(Writer.class, context))
                        .withMessage(
                                "Component 'io.changeover.projections.autoconfigure.HandlerBeansTest$Writer' is declared as a view version but there is no bean of it; make it a @Component, or declare it in a @Configuration"));
    }

    @Test
    void a_component_of_which_there_are_two_beans_is_refused() {
        runner.withBean("one", Writer.class)
                .withBean("two", Writer.class)
                .run(
                        context -> assertThatExceptionOfType(HandlerRefusedException.class)
                                .isThrownBy(() -> HandlerBeans.one(Writer.class, context))
                                .withMessage(
                                        "Component 'io.changeover.projections.autoconfigure.HandlerBeansTest$Writer' is declared as a view version but there are 2 beans of it, and it must be clear which one writes the rows; keep one, or mark it @Primary"));
    }

    @Test
    void what_the_component_itself_lacks_is_told_as_spring_tells_it() {
        runner.withUserConfiguration(Needy.class)
                .run(context -> assertThatExceptionOfType(UnsatisfiedDependencyException.class)
                        .isThrownBy(() -> HandlerBeans.one(Needy.class, context))
                        .withRootCauseInstanceOf(NoSuchBeanDefinitionException.class));
    }
}
