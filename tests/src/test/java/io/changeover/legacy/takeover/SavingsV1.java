package io.changeover.legacy.takeover;

import io.changeover.legacy.jdbc.SavingsBoard;
import io.changeover.legacy.savings.SavingsDomain.Savings;
import io.changeover.view.Canonical;
import io.changeover.view.HandlerView;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@HandlerView(
        name = "savings",
        version = 1,
        handler = SavingsBoard.class,
        query = "select account, owner, cents, deposits from savings_board",
        takesOver = "savings-board")
class SavingsV1 {

    @Canonical
    Savings savings(Savings row) {
        return row;
    }

    /** The component and its declaration. */
    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage
    @Import(SavingsBoard.class)
    static class Known {}

    /** The component alone, as the release before had it: Axon runs it. */
    @Configuration(proxyBeanMethods = false)
    @Import(SavingsBoard.class)
    static class Before {}
}
