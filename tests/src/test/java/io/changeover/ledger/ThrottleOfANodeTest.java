package io.changeover.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.operation.Request;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import io.changeover.throttle.Governor;
import io.changeover.throttle.SignalReading;
import io.changeover.throttle.ThrottleLimits;
import io.changeover.throttle.ThrottleSignal;
import io.changeover.throttle.ThrottleStatus;
import io.changeover.throttle.ThrottleStatus.Signal;
import io.changeover.throttle.ThrottleStatus.State;
import io.changeover.throttle.ThrottleStatus.Wish;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ThrottleOfANodeTest {

    /** A signal that a team brings along. */
    @Configuration(proxyBeanMethods = false)
    static class WithDisk {

        @Bean
        Disk disk() {
            return new Disk();
        }
    }

    private static final class Disk implements ThrottleSignal {

        private volatile double percent;

        @Override
        public String name() {
            return "disk";
        }

        @Override
        public SignalReading read(ThrottleLimits limits) {
            return SignalReading.of(percent, 40, "%", "the disk is %.0f %% busy".formatted(percent));
        }
    }

    private final TestDatabase database = TestDatabase.withStore();

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void a_node_has_a_throttle_with_all_signals_and_the_defaults() {
        try (TestNode node = LedgerNode.start(database, Map.of(), LedgerDomain.WithStep.class)) {
            ThrottleStatus status = node.get(Governor.class).status();
            assertThat(status.node()).isEqualTo("ledger-node");
            assertThat(status.state()).isEqualTo(State.IDLE);
            assertThat(status.limits()).isEqualTo(ThrottleLimits.defaults());
            assertThat(status.signals())
                    .extracting(Signal::name)
                    .containsExactlyInAnyOrder(
                            "live-latency", "live-latency-ratio", "live-lag", "connection-wait", "replication-lag");
        }
    }

    @Test
    void limits_can_be_configured_and_switched_off() {
        Map<String, String> settings = Map.of(
                "changeover.backfill.throttle.max-workers", "3",
                "changeover.backfill.throttle.max-events-per-second", "5000",
                "changeover.backfill.throttle.live-latency", "0",
                "changeover.backfill.throttle.live-latency-ratio", "1.5",
                "changeover.backfill.throttle.live-lag", "0",
                "changeover.backfill.throttle.connection-wait", "1s",
                "changeover.backfill.throttle.replication-lag", "16MB",
                "changeover.backfill.throttle.replication-delay", "0s",
                "changeover.backfill.throttle.stopped", "true",
                "changeover.backfill.chunk-events", "100");
        try (TestNode node = LedgerNode.start(database, settings, LedgerDomain.WithStep.class)) {
            assertThat(node.get(Governor.class).limits())
                    .isEqualTo(new ThrottleLimits(
                            true, 3, 5_000, Duration.ZERO, 1.5, 0, Duration.ofSeconds(1), 16L << 20, Duration.ZERO));
        }
    }

    @Test
    void the_appends_of_commands_are_timed_and_live_versions_looked_after() {
        try (TestNode node = LedgerNode.start(database, Map.of(), LedgerDomain.WithStep.class)) {
            Governor governor = node.get(Governor.class);
            node.awaitCaughtUp("balance@1");
            // They are looked at from time to time, and an append of some seconds ago says nothing any more.
            TestNode.await(() -> {
                node.operations().declare("balance", 2, Request.by("ann"));
                node.operations().abort("balance", new Request("ann", "to declare it again"));
                return says(governor.status(), "live-latency", "95 of 100 appends take at most .* ms .*")
                        && says(governor.status(), "live-lag", "balance@1 is [0-9,]+ events behind");
            });
            assertThat(governor.status().signals())
                    .extracting(Signal::name)
                    .startsWith("live-latency")
                    .containsOnlyOnce("live-lag");
        }
    }

    private static boolean says(ThrottleStatus status, String name, String text) {
        return status.signals().stream()
                .anyMatch(signal -> signal.name().equals(name) && signal.text().matches(text));
    }

    @Test
    void a_signal_of_the_team_stops_work_and_lets_it_go_on() throws InterruptedException {
        try (TestNode node = LedgerNode.start(database, Map.of(), LedgerDomain.WithStep.class, WithDisk.class)) {
            Governor governor = node.get(Governor.class);
            Disk disk = node.get(Disk.class);
            governor.pace(0, 0);
            assertThat(governor.status().working()).isEqualTo(1);
            disk.percent = 99;
            // On a machine that is slow just now, a signal is not read in time, which is a veto too until the next
            // look.
            TestNode.await(
                    () -> governor.status()
                            .vetoes()
                            .equals(
                                    List.of(
                                            new ThrottleStatus.Veto(
                                                    "disk",
                                                    "the disk is 99 % busy, far above the limit of 40 %; work goes on when it is well below"))));
            assertThat(governor.status().state()).isEqualTo(State.STOPPED);
            TestNode.await(() -> governor.status()
                    .signals()
                    .contains(new Signal("disk", Wish.STOP, 99.0, 40.0, "%", "the disk is 99 % busy")));
            Thread worker = new Thread(() -> {
                try {
                    governor.pace(1_000, 1);
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            worker.start();
            TestNode.await(() -> governor.status().working() == 2);
            assertThat(worker.isAlive()).isTrue();
            disk.percent = 0;
            TestNode.await(() -> !worker.isAlive());
            assertThat(governor.status().vetoes()).isEmpty();
            assertThat(List.of(State.FULL, State.LIMITED))
                    .contains(governor.status().state());
        }
    }
}
