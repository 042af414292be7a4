package io.changeover.legacy.jpa;

import org.springframework.data.jpa.repository.JpaRepository;

/** The rows by their keys. */
interface SavingsAccounts extends JpaRepository<SavingsAccount, String> {}
