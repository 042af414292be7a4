package io.changeover.kit;

import io.changeover.kit.Trial.Fault;
import io.changeover.kit.Trial.Rule;
import io.changeover.upcast.EventSteps;
import io.changeover.upcast.Loss;
import io.changeover.upcast.Origin;
import io.changeover.upcast.Revision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import net.jqwik.api.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tries every revision of every event against each other one that steps lead to, up and down, with generated payloads.
 * Of each payload it holds: the steps do not fail, give the same bytes twice and a result that fits its schema; and the
 * way back gives the payload again, numbers compared by value, unless a step declares a loss without bound on the way
 * there.
 *
 * <p>What is <em>not</em> tried: steps that need earlier events are sent single payloads, which they may refuse or give
 * no event for. Immutable; run it on one thread.
 */
public final class RoundTrips {

    private static final Instant TIME = Instant.parse("2003-01-06T09:00:00Z");
    private static final int DRAWS_FOR_ONE = 100;

    private final EventSteps steps;
    private final Function<Revision, Optional<ObjectNode>> schemas;
    private final PayloadCheck check;
    private final Origin origin;
    private final BiPredicate<Revision, ObjectNode> occurring;

    /**
     * Round trips of all revisions that the steps know.
     *
     * @param schemas the schema of each revision, in the subset that {@link Payloads} knows
     * @param check holds payloads against these schemas
     */
    public RoundTrips(EventSteps steps, Function<Revision, Optional<ObjectNode>> schemas, PayloadCheck check) {
        this(steps, schemas, check, Origin.of(TIME, JsonNodeFactory.instance::objectNode), (revision, payload) -> true);
    }

    private RoundTrips(
            EventSteps steps,
            Function<Revision, Optional<ObjectNode>> schemas,
            PayloadCheck check,
            Origin origin,
            BiPredicate<Revision, ObjectNode> occurring) {
        this.steps = steps;
        this.schemas = schemas;
        this.check = check;
        this.origin = origin;
        this.occurring = occurring;
    }

    /** With the time and metadata that all payloads are said to have; by default a day in 2003 and none. */
    public RoundTrips withOrigin(Origin origin) {
        return new RoundTrips(steps, schemas, check, origin, occurring);
    }

    /**
     * Without payloads that no history has, though the schema allows them: what one field says about another.
     *
     * @param occurring whether an event of the revision can have the payload; must not change it
     */
    public RoundTrips thatOccur(BiPredicate<Revision, ObjectNode> occurring) {
        return new RoundTrips(steps, schemas, check, origin, this.occurring.and(occurring));
    }

    /**
     * Tries all pairs.
     *
     * @throws IllegalArgumentException naming every revision without schema, or when a schema cannot be generated from,
     *     or allows next to no payload that occurs
     */
    public RoundTripReport run(RoundTripOptions options) {
        Run run = new Run(options, Pair.all(steps));
        Payloads.inSession(run::all);
        return run.report();
    }

    private final class Run {

        private final RoundTripOptions options;
        private final List<Pair> pairs;
        private final Map<Revision, ObjectNode> known;
        private final Map<Revision, RandomGenerator<ObjectNode>> generators = new HashMap<>();
        private final List<LiftedEquality> lifted = new ArrayList<>();
        private final List<RoundTripFailure> failures = new ArrayList<>();
        private long payloads;
        private long checks;
        private long refusals;

        private Run(RoundTripOptions options, List<Pair> pairs) {
            this.options = options;
            this.pairs = pairs;
            this.known = schemas(pairs);
        }

        private void all() {
            for (Pair pair : pairs) {
                if (pair.hasWayBack(steps)) {
                    for (Loss loss : pair.unboundedLosses(steps)) {
                        lifted.add(new LiftedEquality(pair.from(), pair.to(), loss));
                    }
                }
                RoundTripFailure failure = failureOf(pair);
                if (failure != null) {
                    failures.add(failure);
                }
            }
        }

        private @Nullable RoundTripFailure failureOf(Pair pair) {
            Trials trials = new Trials(steps, check, origin, pair);
            // Of the pair too, so that a pair more does not change what the others are sent.
            Random random = new Random(31 * options.seed() + pair.toString().hashCode());
            boolean arrived = pair.needsContext(steps);
            Trial last = null;
            for (int i = 0; i < options.payloads(); i++) {
                Drawn drawn = draw(pair, trials, random);
                Trial trial = drawn.tried(trials);
                payloads++;
                checks += trial.checks();
                if (trial.fault() != null) {
                    return failure(
                            pair, drawn.smallest(trials, payload -> occurring.test(pair.from(), payload), trial));
                }
                if (trial.refusal() != null) {
                    refusals++;
                }
                arrived |= trial.arrived();
                last = trial;
            }
            checks++;
            return arrived || last == null ? null : failure(pair, neverArrived(last));
        }

        private Trial neverArrived(Trial last) {
            String reason = last.refusal() == null
                    ? "the last payload became another event or none"
                    : "the last payload was refused: " + last.refusal();
            return new Trial(
                    last.payload(),
                    1,
                    false,
                    last.refusal(),
                    new Fault(
                            Rule.IS_REACHED,
                            "one of %d payloads or more".formatted(options.payloads()),
                            "none; " + reason));
        }

        private Drawn draw(Pair pair, Trials trials, Random random) {
            RandomGenerator<ObjectNode> generator =
                    generators.computeIfAbsent(pair.from(), from -> Payloads.generator(schemaOf(from)));
            for (int i = 0; i < DRAWS_FOR_ONE; i++) {
                Drawn drawn = new Drawn(generator.next(random), random.nextLong());
                if (occurring.test(pair.from(), drawn.exemplified(trials))) {
                    return drawn;
                }
            }
            throw new IllegalArgumentException(
                    "At least one of %d payloads of '%s' must occur but none does; relax what is said to occur, or make the schema say it"
                            .formatted(DRAWS_FOR_ONE, pair.from()));
        }

        private ObjectNode schemaOf(Revision revision) {
            return java.util.Objects.requireNonNull(known.get(revision));
        }

        private RoundTripFailure failure(Pair pair, Trial trial) {
            Fault fault = java.util.Objects.requireNonNull(trial.fault());
            return new RoundTripFailure(
                    pair.from(),
                    pair.to(),
                    fault.rule().sentence(),
                    fault.rule().remedy(pair.up()),
                    options.seed(),
                    trial.payload(),
                    fault.expected(),
                    fault.actual());
        }

        private RoundTripReport report() {
            Set<String> names = new HashSet<>();
            pairs.forEach(
                    pair -> names.addAll(List.of(pair.from().name(), pair.to().name())));
            return new RoundTripReport(
                    options.seed(), names.size(), pairs.size(), payloads, checks, refusals, lifted, failures);
        }
    }

    private Map<Revision, ObjectNode> schemas(List<Pair> pairs) {
        Map<Revision, ObjectNode> known = new LinkedHashMap<>();
        Set<Revision> unknown = new java.util.LinkedHashSet<>();
        for (Pair pair : pairs) {
            for (Revision revision : List.of(pair.from(), pair.to())) {
                schemas.apply(revision)
                        .ifPresentOrElse(schema -> known.put(revision, schema), () -> unknown.add(revision));
            }
        }
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "Each revision needs a schema to be tried but there is none of %s; lock one, from a record or from samples"
                            .formatted(unknown.stream().sorted(EventSteps.ORDER).toList()));
        }
        return known;
    }
}
