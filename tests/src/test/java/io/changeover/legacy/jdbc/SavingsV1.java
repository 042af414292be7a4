package io.changeover.legacy.jdbc;

import io.changeover.legacy.savings.SavingsDomain.Savings;
import io.changeover.view.Canonical;
import io.changeover.view.HandlerView;
import io.changeover.view.Key;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

// tag::declaration[]
@HandlerView(
        name = "savings",
        version = 1,
        handler = SavingsBoard.class,
        query = "select account, owner, cents, deposits from savings_board",
        segments = 4)
class SavingsV1 {

    record Row(@Key String account, String owner, long cents, int deposits) {}

    @Canonical
    Savings savings(Row row) {
        return new Savings(row.account(), row.owner(), row.cents(), row.deposits());
    }

    // end::declaration[]

    /** Makes component and declaration known to a node. */
    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage
    @Import(SavingsBoard.class)
    static class Known {}
}
