package io.changeover.examples.orders;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.event.EventSerializer;
import io.changeover.event.EventTypes;
import io.changeover.examples.orders.confirmation.ConfirmationsV1;
import io.changeover.examples.orders.confirmation.ConfirmationsV2;
import io.changeover.examples.orders.dispatch.CommandBatches;
import io.changeover.examples.orders.steelwheels.ImportListener;
import io.changeover.examples.orders.steelwheels.OrdersImporter;
import io.changeover.examples.orders.traffic.LiveTraffic;
import io.changeover.examples.orders.web.OrderBoardController;
import io.changeover.upcast.EventSteps;
import javax.sql.DataSource;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.hsqldb.jdbc.JDBCDataSource;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OrdersAutoConfigurationTest {

    /** What Spring Boot, Axon and the libraries bring in an application. */
    @Configuration(proxyBeanMethods = false)
    static class Surroundings {

        @Bean
        DataSource dataSource() {
            JDBCDataSource database = new JDBCDataSource();
            database.setUrl("jdbc:hsqldb:mem:wiring");
            return database;
        }

        @Bean
        PlatformTransactionManager transactions(DataSource database) {
            return new DataSourceTransactionManager(database);
        }

        @Bean
        JdbcTemplate jdbcTemplate(DataSource database) {
            return new JdbcTemplate(database);
        }

        @Bean
        JdbcClient jdbcClient(JdbcTemplate template) {
            return JdbcClient.create(template);
        }

        @Bean
        EventStore eventStore() {
            return EmbeddedEventStore.builder()
                    .storageEngine(new InMemoryEventStorageEngine())
                    .build();
        }

        @Bean
        CommandGateway commandGateway() {
            return DefaultCommandGateway.builder()
                    .commandBus(SimpleCommandBus.builder().build())
                    .build();
        }

        @Bean
        EventTypes eventTypes() {
            return OrdersStore.TYPES;
        }

        @Bean
        EventSteps eventSteps() {
            return OrdersStore.STEPS;
        }

        @Bean
        EventSerializer eventSerializer(EventTypes types) {
            return new EventSerializer(types);
        }
    }

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withUserConfiguration(Surroundings.class)
            .withConfiguration(AutoConfigurations.of(OrdersAutoConfiguration.class, OrdersWebAutoConfiguration.class));

    @Test
    void brings_import_and_traffic_and_makes_its_package_known() {
        runner.run(context -> {
            assertThat(context).hasSingleBean(OrdersImporter.class);
            assertThat(context).hasSingleBean(LiveTraffic.class);
            assertThat(context).hasSingleBean(CommandBatches.class);
            assertThat(context.getBean(LiveTraffic.class).isRunning()).isFalse();
            assertThat(AutoConfigurationPackages.get(context)).contains("io.changeover.examples.orders");
        });
    }

    @Test
    void leaves_import_and_traffic_out_when_told_to() {
        runner.withPropertyValues("orders.import.enabled=false", "orders.traffic.enabled=false")
                .run(context -> {
                    assertThat(context).doesNotHaveBean(OrdersImporter.class);
                    assertThat(context).doesNotHaveBean(LiveTraffic.class);
                });
    }

    @Test
    void tells_the_applications_own_listener_of_the_import() {
        ImportListener own = (done, total) -> {};

        runner.withBean(ImportListener.class, () -> own)
                .run(context ->
                        assertThat(context).getBean(ImportListener.class).isSameAs(own));
    }

    @Test
    void refuses_settings_that_cannot_be_with_what_to_do() {
        runner.withPropertyValues("orders.import.copies=0").run(context -> assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessage("Import copies 0 must be 1 or greater; correct the configuration"));
    }

    @Test
    void confirms_orders_in_both_versions_only_when_told_to() {
        runner.run(context ->
                assertThat(context).doesNotHaveBean(ConfirmationsV1.class).doesNotHaveBean(ConfirmationsV2.class));
        runner.withPropertyValues("orders.confirmations.enabled=true")
                .run(context ->
                        assertThat(context).hasSingleBean(ConfirmationsV1.class).hasSingleBean(ConfirmationsV2.class));
        runner.withPropertyValues("orders.confirmations.enabled=true", "orders.confirmations.port=0")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessage("orders.confirmations.port is 0 but must be from 1 to 65535; correct it"));
    }

    @Test
    void has_no_controller_outside_a_web_application() {
        runner.run(context -> assertThat(context).doesNotHaveBean(OrderBoardController.class));
    }
}
