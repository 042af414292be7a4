package io.changeover.legacy.savings;

import io.changeover.catalog.EventDomain;
import io.changeover.event.EventType;
import io.changeover.upcast.EventStep;
import io.changeover.view.Canonical;
import io.changeover.view.Fold;
import io.changeover.view.Key;
import io.changeover.view.View;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Events of savings accounts, and version 2 of the view of them, which folds build. */
public final class SavingsDomain {

    private SavingsDomain() {}

    /** Makes the domain known to a node. */
    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage
    public static class Known {

        @Bean
        EventDomain savings() {
            return new Domain();
        }
    }

    private static final class Domain implements EventDomain {

        @Override
        public String name() {
            return "savings";
        }

        @Override
        public String owner() {
            return "the test";
        }

        @Override
        public List<EventStep> steps() {
            return List.of(EventStep.from("savings.deposited", 1)
                    .to(2, payload -> payload.rename("acc", "account").rename("amount", "cents")));
        }
    }

    @EventType(name = "savings.opened")
    public record Opened(String account, String owner) {}

    @EventType(name = "savings.deposited", revision = 2)
    public record Deposited(String account, long cents) {}

    /** The customer is to be thanked, by a letter that nobody wants to get twice. */
    @EventType(name = "savings.thanked")
    public record Thanked(String account) {}

    @EventType(name = "savings.closed")
    public record Closed(String account) {}

    /** What every version of the view shows of an account. */
    public record Savings(@Key String account, String owner, long cents, int deposits) {}

    @View(name = "savings", version = 2)
    static class SavingsV2 {

        @Fold
        Savings on(Opened event) {
            return new Savings(event.account(), event.owner(), 0, 0);
        }

        @Fold
        Savings on(Savings row, Deposited event) {
            return new Savings(row.account(), row.owner(), row.cents() + event.cents(), row.deposits() + 1);
        }

        @Fold
        @Nullable
        Savings on(Savings row, Closed event) {
            return null;
        }

        @Canonical
        Savings savings(Savings row) {
            return row;
        }
    }
}
