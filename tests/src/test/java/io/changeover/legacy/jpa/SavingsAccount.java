package io.changeover.legacy.jpa;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A row as JPA has it. */
@Entity
@Table(name = "savings_account")
@SuppressWarnings("UnusedVariable") // JPA reads them
class SavingsAccount {

    static final String TABLE =
            """
            create table savings_account (
                account       varchar(255) primary key,
                account_owner varchar(30) not null,
                cents         bigint      not null,
                deposits      integer     not null
            )""";

    @Id
    private String account = "";

    @Column(name = "account_owner", length = 30)
    private String owner = "";

    private long cents;
    private int deposits;

    protected SavingsAccount() {}

    SavingsAccount(String account, String owner) {
        this.account = account;
        this.owner = owner;
    }

    void deposit(long more) {
        cents += more;
        deposits++;
    }
}
