package io.changeover.app.console;

import io.changeover.operation.Operations;
import io.changeover.operation.ShadowOperations;
import io.changeover.serving.Nodes;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ConsoleConfiguration {

    @Bean
    Series series(Operations operations, ObjectProvider<ShadowOperations> shadow, Nodes nodes, Clock clock) {
        return new Series(operations, shadow.getIfAvailable(), nodes.name(), clock);
    }

    @Bean
    SeriesLifecycle seriesLifecycle(Series series) {
        return new SeriesLifecycle(series);
    }
}
