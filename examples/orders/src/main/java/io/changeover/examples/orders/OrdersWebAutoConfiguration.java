package io.changeover.examples.orders;

import io.changeover.examples.orders.account.CustomerAccount;
import io.changeover.examples.orders.board.OrderBoard;
import io.changeover.examples.orders.dispatch.CommandBatches;
import io.changeover.examples.orders.web.OrderBoardController;
import java.time.Clock;
import org.axonframework.common.IdentifierFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.RestController;

/** The wholesaler over HTTP, in a web application on servlets. */
@AutoConfiguration(after = OrdersAutoConfiguration.class)
@ConditionalOnClass(RestController.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
class OrdersWebAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    OrderBoardController orderBoardController(
            OrderBoard board, CustomerAccount accounts, CommandBatches commands, ObjectProvider<Clock> clock) {
        return new OrderBoardController(
                board,
                accounts,
                commands,
                clock.getIfAvailable(Clock::systemUTC),
                IdentifierFactory.getInstance()::generateIdentifier);
    }
}
