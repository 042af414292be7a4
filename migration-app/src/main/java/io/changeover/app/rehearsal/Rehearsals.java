package io.changeover.app.rehearsal;

import io.changeover.changeover.ChangeoverState;
import io.changeover.gate.Gates;
import io.changeover.plan.Plan;
import io.changeover.view.ForeignVersion;
import io.changeover.view.VersionId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Rehearses changeovers. Each rehearsal has a server and a node of its own in this process, and leaves nothing behind but
 * its result. Not for several at once in one process, which would share one log.
 */
public final class Rehearsals {

    private final List<Class<?>> configurations;

    /** @param configurations domains that are not found by their auto-configuration; usually none */
    public Rehearsals(Class<?>... configurations) {
        this.configurations = List.of(configurations);
    }

    /**
     * Rehearses. Whatever fails is a failed case of the result, with the reason and the remedy.
     *
     * @param progress takes a line for each stage
     * @throws UncheckedIOException when there is no place for temporary files
     */
    public RehearsalResult run(RehearsalOptions options, Consumer<String> progress) {
        System.setProperty("disable-axoniq-console-message", "true");
        System.setProperty("axoniq.update-checker.disabled", "true");
        // Until the application says where its log goes, it would go to the terminal, between the lines of progress.
        LoggingSystem.get(getClass().getClassLoader()).beforeInitialize();
        try (Workshop workshop = Workshop.open()) {
            return new Run(options, workshop, new Cases(progress)).run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One rehearsal. */
    private final class Run {

        private static final String START = "start";

        private final RehearsalOptions options;
        private final Workshop workshop;
        private final Cases cases;
        private final List<String> left = new ArrayList<>();
        private final long begin = System.nanoTime();
        private String what;
        private long events;

        Run(RehearsalOptions options, Workshop workshop, Cases cases) {
            this.options = options;
            this.workshop = workshop;
            this.cases = cases;
            this.what = options.view();
        }

        RehearsalResult run() {
            List<ConfigurableApplicationContext> started = new ArrayList<>();
            boolean ready = cases.attempt(START, "a server of its own", workshop::startServer)
                    && cases.attempt(START, "the copy of the store", () -> workshop.copy(options.source()))
                    && cases.attempt(
                            START,
                            "the application starts on the copy",
                            () -> started.add(workshop.startApplication(options, configurations)));
            if (ready) {
                walk(new RehearsedNode(started.get(0)));
                if (started.get(0).getBean(Gates.class) instanceof RehearsalGates gates) {
                    gates.left().forEach((gate, reason) -> left.add("gate %s: %s".formatted(gate, reason)));
                }
            }
            plan();
            left.add("side effects, which act on nothing outside in a rehearsal");
            left.add("purging and dropping the old version, which wait for their times");
            return new RehearsalResult(
                    what,
                    options.plan().name(),
                    options.source().text(),
                    events,
                    cases.all(),
                    left,
                    Duration.ofNanos(System.nanoTime() - begin));
        }

        private void plan() {
            Plan plan = options.plan();
            left.add("times of the plan, which were cut to %s".formatted(options.soak()));
            if (!plan.quiet().isEmpty()) {
                left.add(
                        "%d times in which nothing moves".formatted(plan.quiet().size()));
            }
            plan.steps().stream()
                    .filter(step -> step.approval() != null)
                    .forEach(step ->
                            left.add("approval of the step to %d %% by the role %s, which the rehearsal gave itself"
                                    .formatted(step.percent(), step.approval())));
        }

        private void walk(RehearsedNode node) {
            List<Checks> checks = new ArrayList<>();
            List<VersionId> target = new ArrayList<>();
            boolean ready = cases.attempt(START, "view and version are there", () -> target.add(target(node)))
                    && cases.attempt(START, "the old version is built from the copy", () -> {
                        VersionId from = from(node);
                        what = "%s from version %d to %d"
                                .formatted(
                                        options.view(),
                                        from.version(),
                                        target.get(0).version());
                        node.awaitHead(from);
                        events = node.events();
                        checks.add(new Checks(node, cases, from, target.get(0)));
                    });
            if (!ready) {
                return;
            }
            Walk walk = new Walk(node, cases, checks.get(0), options.cut(), target.get(0), options.soak());
            if (node.state(options.view()).open() != null
                    && !cases.attempt(START, "a changeover that was open is given up on the copy", walk::giveUp)) {
                return;
            }
            boolean sound = checks.get(0).foldAgain(START);
            cases.tell(START);
            checks.get(0)
                    .readers()
                    .left()
                    .forEach(method -> left.add(
                            "method %s of the view, for whose parameters nothing can be made up".formatted(method)));
            if (!checks.get(0).readers().call()) {
                left.add("reads of the view's own interface, since it has none that can be called");
            }
            if (sound) {
                walk.run();
            }
        }

        private VersionId from(RehearsedNode node) {
            return new VersionId(options.view(), node.state(options.view()).serving());
        }

        private VersionId target(RehearsedNode node) {
            String view = options.view();
            node.versions().requireView(view);
            ChangeoverState state = node.state(view);
            Integer wanted =
                    options.to() != null ? options.to() : options.plan().to();
            int to = wanted != null
                    ? wanted
                    : node.versions().of(view).stream()
                            .filter(version -> !(version instanceof ForeignVersion))
                            .mapToInt(version -> version.id().version())
                            .max()
                            .orElse(state.serving());
            VersionId target = new VersionId(view, to);
            node.versions().get(target);
            if (to == state.serving()) {
                throw new RehearsalFailure(
                        "Version '%s' serves in the store that was copied already, and a changeover leads to another; name it with --to"
                                .formatted(target));
            }
            return target;
        }
    }
}
