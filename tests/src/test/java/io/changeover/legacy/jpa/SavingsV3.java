package io.changeover.legacy.jpa;

import io.changeover.legacy.savings.SavingsDomain.Savings;
import io.changeover.view.Canonical;
import io.changeover.view.HandlerView;
import io.changeover.view.Key;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@HandlerView(
        name = "savings",
        version = 3,
        handler = SavingsProjection.class,
        query = "select account, account_owner as owner, cents, deposits from savings_account")
class SavingsV3 {

    record Row(@Key String account, String owner, long cents, int deposits) {}

    @Canonical
    Savings savings(Row row) {
        return new Savings(row.account(), row.owner(), row.cents(), row.deposits());
    }

    /** Makes component, entity, repository and declaration known to a node. */
    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage
    @Import(SavingsProjection.class)
    static class Known {}
}
