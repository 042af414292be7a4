package io.changeover.ledger;

import io.changeover.catalog.EventDomain;
import io.changeover.event.EventType;
import io.changeover.upcast.EventStep;
import io.changeover.view.Canonical;
import io.changeover.view.CanonicalSql;
import io.changeover.view.EventInfo;
import io.changeover.view.Fold;
import io.changeover.view.Key;
import io.changeover.view.View;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Accounts with a balance, in two versions of one view. */
public final class LedgerDomain {

    /** Accounts for which the fold of version 2 throws, as a fold with a defect would. */
    static final Set<String> BROKEN = ConcurrentHashMap.newKeySet();

    /** What the fold of version 2 waits for before it takes a credit of the account {@code held}. */
    static volatile CountDownLatch hold = new CountDownLatch(0);

    private LedgerDomain() {}

    /** Makes the domain known to a node. */
    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage
    static class Known {}

    /** The step that reads credits as they were once stored; missing in a release that forgot it. */
    @Configuration(proxyBeanMethods = false)
    public static class WithStep {

        @Bean
        EventDomain ledger() {
            return new Ledger();
        }
    }

    /** The events of the ledger. */
    private static final class Ledger implements EventDomain {

        @Override
        public String name() {
            return "ledger";
        }

        @Override
        public String owner() {
            return "the test";
        }

        @Override
        public List<EventStep> steps() {
            return List.of(EventStep.from("account.credited", 1)
                    .to(2, payload -> payload.rename("acc", "account").rename("amount", "cents")));
        }
    }

    @EventType(name = "account.opened")
    record Opened(String account, String owner) {}

    // The first revision is claimed never to have been stored, as a release that forgot its step would.
    @EventType(name = "account.credited", revision = 2, firstRevision = 2)
    record Credited(String account, long cents) {}

    @EventType(name = "account.marked")
    record Marked(String account, String when) {}

    @EventType(name = "account.closed")
    public record Closed(String account) {}

    /** What readers see of an account. */
    public record Balance(@Key String account, String owner, long cents, int credits) {}

    @View(name = "balance", version = 1)
    static class BalanceV1 {

        record Row(@Key String account, String owner, long cents, int credits, @Nullable Instant marked) {}

        @Fold
        Row on(Opened event) {
            return new Row(event.account(), event.owner(), 0, 0, null);
        }

        @Fold
        Row on(Row row, Credited event) {
            return new Row(row.account(), row.owner(), row.cents() + event.cents(), row.credits() + 1, row.marked());
        }

        @Fold
        @Nullable
        Row on(Row row, Closed event) {
            return null;
        }

        @Canonical
        @CanonicalSql
        Balance balance(Row row) {
            return new Balance(row.account(), row.owner(), row.cents(), row.credits());
        }
    }

    @View(name = "balance", version = 2)
    static class BalanceV2 {

        record Row(
                @Key String account,
                String owner,
                BigDecimal amount,
                List<Long> credits,
                @Nullable Instant marked,
                Instant touched) {}

        @Fold
        Row on(Opened event, EventInfo info) {
            return new Row(event.account(), event.owner(), BigDecimal.ZERO, List.of(), null, info.time());
        }

        @Fold
        Row on(Row row, Credited event, EventInfo info) {
            if (BROKEN.contains(event.account())) {
                throw new IllegalStateException("account " + event.account() + " is broken");
            }
            if (event.account().equals("held")) {
                await(hold);
            }
            List<Long> credits = new java.util.ArrayList<>(row.credits());
            credits.add(event.cents());
            return new Row(
                    row.account(),
                    row.owner(),
                    row.amount().add(BigDecimal.valueOf(event.cents(), 2)),
                    credits,
                    row.marked(),
                    info.time());
        }

        private static void await(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Fold
        Row on(Row row, Marked event) {
            return new Row(
                    row.account(),
                    row.owner(),
                    row.amount(),
                    row.credits(),
                    Instant.parse(event.when()),
                    row.touched());
        }

        @Fold
        @Nullable
        Row on(Row row, Closed event) {
            return null;
        }

        @Canonical
        @CanonicalSql({
            "cents = case when amount = round(amount, 2) then (amount * 100)::bigint end",
            "credits = jsonb_array_length(credits)"
        })
        Balance balance(Row row) {
            return new Balance(
                    row.account(),
                    row.owner(),
                    row.amount().movePointRight(2).longValueExact(),
                    row.credits().size());
        }
    }
}
