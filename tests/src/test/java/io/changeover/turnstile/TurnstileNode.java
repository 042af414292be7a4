package io.changeover.turnstile;

import io.changeover.changeover.ChangeoverState;
import io.changeover.event.EventTypes;
import io.changeover.operation.OperationRefusedException;
import io.changeover.operation.PlanOperations;
import io.changeover.operation.Request;
import io.changeover.plan.Limits;
import io.changeover.plan.Plan;
import io.changeover.serving.Router;
import io.changeover.testkit.TestNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** A node that opens a changeover where there was none, and leaves the rest to its autopilot; it ends when it is killed. */
public final class TurnstileNode {

    /** Ends this process as a kill does, so that nothing of it runs any more: no hook, no finally. */
    private static final int KILLED = 137;

    private TurnstileNode() {}

    /** Where the process is to end itself: at an event, before or after its commit. */
    @Configuration(proxyBeanMethods = false)
    static class Halting {

        @Bean
        SmartInitializingSingleton halting(EventStore events, Environment environment) {
            String[] halt = environment.getProperty("turnstile.halt", "").split(":");
            return () -> {
                if (halt.length == 2) {
                    var unused = events.subscribe(messages -> messages.stream()
                            .filter(message -> isOf(message, halt[0]))
                            .findFirst()
                            .ifPresent(message -> at(halt[1])));
                }
            };
        }

        private static boolean isOf(EventMessage<?> message, String name) {
            return EventTypes.nameOf(message.getPayloadType()).equals(name);
        }

        private static void at(String moment) {
            if (moment.equals("before")) {
                Runtime.getRuntime().halt(KILLED);
            }
            CurrentUnitOfWork.get().root().afterCommit(done -> Runtime.getRuntime()
                    .halt(KILLED));
        }
    }

    /** Starts the node; see {@link NodeProcess} for what it is told. */
    public static void main(String[] arguments) throws InterruptedException {
        TestNode node = TestNode.start(
                arguments[0],
                arguments[1],
                arguments[2],
                settings(arguments[3], arguments.length > 4 ? arguments[4] : ""),
                TurnstileDomain.Known.class,
                Halting.class);
        try {
            begin(node);
        } catch (OperationRefusedException e) {
            throw new IllegalStateException(e.rule() + ": " + e.getMessage(), e);
        }
        new CountDownLatch(1).await();
    }

    private static void begin(TestNode node) {
        ChangeoverState state =
                node.get(Router.class).state(TurnstileDomain.VIEW).orElseThrow();
        Request request = new Request("test", "moves the turnstile");
        if (state.latest() == null) {
            node.operations().declare(TurnstileDomain.VIEW, 2, request);
        }
        if (state.latest() == null || isWithoutPlan(state.open())) {
            node.get(PlanOperations.class).adopt(TurnstileDomain.VIEW, plan(), request);
        }
    }

    private static boolean isWithoutPlan(ChangeoverState.@Nullable Attempt open) {
        return open != null && open.course().plan() == null;
    }

    private static Plan plan() {
        Plan standard = Plan.standard();
        Limits limits = standard.limits();
        return new Plan(
                "without waiting",
                TurnstileDomain.VIEW,
                2,
                Duration.ZERO,
                List.of(
                        new Plan.Step(5, Duration.ofMillis(200), null),
                        new Plan.Step(50, Duration.ofMillis(200), null),
                        new Plan.Step(100, Duration.ZERO, null)),
                Duration.ofMillis(300),
                new Limits(
                        limits.maxLag(),
                        limits.maxParityAge(),
                        0,
                        1,
                        0, // nobody reads here, so nothing is known of reads
                        1,
                        0,
                        1_000,
                        0,
                        true),
                List.of(),
                Plan.Breach.ROLL_BACK,
                Map.of(),
                List.of(),
                standard.completion());
    }

    private static Map<String, String> settings(String world, String halt) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("changeover.node-id", "turnstile");
        settings.put("changeover.autopilot.enabled", "true");
        settings.put("changeover.autopilot.interval", "100ms");
        settings.put("changeover.autopilot.takeover", "1s");
        settings.put("changeover.effects.interval", "50ms");
        settings.put("changeover.effects.lease", "1s");
        settings.put("changeover.effects.pause", "50ms");
        settings.put("changeover.consumers.interval", "200ms");
        settings.put("changeover.gates.quiet", "0s");
        settings.put(World.URL, world);
        settings.put("turnstile.halt", halt);
        settings.put(
                "spring.autoconfigure.exclude",
                "io.changeover.examples.orders.OrdersAutoConfiguration,io.changeover.examples.orders.OrdersWebAutoConfiguration,"
                        + TestNode.WITHOUT_JPA);
        return settings;
    }
}
