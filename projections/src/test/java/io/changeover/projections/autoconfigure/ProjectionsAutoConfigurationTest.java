package io.changeover.projections.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.operation.Operations;
import io.changeover.projections.autoconfigure.board.Board;
import io.changeover.projections.autoconfigure.board.BoardPackage;
import io.changeover.serving.NotServedException;
import io.changeover.serving.Router;
import io.changeover.stream.OrderedStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ProjectionsAutoConfigurationTest {

    @Configuration(proxyBeanMethods = false)
    static class Reads {

        @Bean
        static RoutedViewRegistrar registrar() {
            return new RoutedViewRegistrar();
        }

        @Bean
        Router router() {
            return new Router();
        }
    }

    private final ApplicationContextRunner runner = new ApplicationContextRunner();

    @Test
    void an_application_without_a_data_source_gets_nothing_of_it() {
        runner.withConfiguration(
                        AutoConfigurations.of(EventStoreAutoConfiguration.class, ProjectionsAutoConfiguration.class))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(OrderedStream.class)
                        .doesNotHaveBean(Operations.class));
    }

    @Test
    void readers_can_inject_a_view_and_get_the_router_though_two_classes_serve_it() {
        runner.withUserConfiguration(BoardPackage.class, Reads.class).run(context -> {
            assertThat(context).hasNotFailed();
            Board board = context.getBeanProvider(Board.class).getIfUnique();
            assertThat(board).isNotNull().hasToString("router of view board");
            assertThatThrownBy(board::title)
                    .isInstanceOf(NotServedException.class)
                    .hasMessage(
                            "View 'board' is not served by this node yet: it has not read which version serves; retry in a moment");
        });
    }
}
