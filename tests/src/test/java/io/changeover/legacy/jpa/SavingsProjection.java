package io.changeover.legacy.jpa;

import io.changeover.legacy.savings.SavingsDomain.Closed;
import io.changeover.legacy.savings.SavingsDomain.Deposited;
import io.changeover.legacy.savings.SavingsDomain.Opened;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;

/** A component as teams have them: transactional, a repository, and a statement by JDBC where that was handier. */
@ProcessingGroup("savings-accounts")
@Transactional
public class SavingsProjection {

    /** Accounts on which it throws, as a component with a defect would. */
    static final Set<String> BROKEN = ConcurrentHashMap.newKeySet();

    private final SavingsAccounts accounts;
    private final JdbcTemplate jdbc;

    SavingsProjection(SavingsAccounts accounts, JdbcTemplate jdbc) {
        this.accounts = accounts;
        this.jdbc = jdbc;
    }

    @EventHandler
    public void on(Opened event) {
        accounts.save(new SavingsAccount(event.account(), event.owner()));
    }

    @EventHandler
    public void on(Deposited event) {
        accounts.findById(event.account()).orElseThrow().deposit(event.cents());
        if (BROKEN.contains(event.account())) {
            throw new IllegalStateException("account " + event.account() + " is broken");
        }
    }

    /** By JDBC, so it finds only what JPA has sent to the database. */
    @EventHandler
    public void on(Closed event) {
        if (jdbc.update("delete from savings_account where account = ?", event.account()) != 1) {
            throw new IllegalStateException("there is no account " + event.account());
        }
    }
}
