package io.changeover.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.changeover.catalog.DomainFiles;
import io.changeover.catalog.EventCheck;
import io.changeover.catalog.EventDomain;
import io.changeover.catalog.EventDomains;
import io.changeover.catalog.SchemaCheck;
import io.changeover.event.EventTypes;
import io.changeover.sample.Sample;
import io.changeover.schema.PayloadValidator;
import io.changeover.schema.SchemaLock;
import io.changeover.upcast.EventSteps;
import io.changeover.upcast.Revision;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestReporter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Everything that can be proven about a team's events without an application, in one line of the team's own:
 *
 * <pre>{@code
 * class OrdersEventsTest extends EventDomainTest {}
 * }</pre>
 *
 * <p>It finds the domains that the class path names as services, and holds them to: steps that fit together and do what
 * they promise; golden samples that read as today's classes, fit their schemas and mean what was approved; schemas that
 * are those agreed in the lock file; and every revision going to every other one and back, with generated payloads.
 */
public abstract class EventDomainTest {

    private static final Logger LOG = LoggerFactory.getLogger(EventDomainTest.class);

    /** The domains to look at; by default all that the class path names. At least one. */
    protected EventDomains domains() {
        EventDomains found = EventDomains.found(Thread.currentThread().getContextClassLoader());
        if (found.all().isEmpty()) {
            throw new IllegalStateException(
                    "The class path must name an EventDomain but does not; add META-INF/services/%s with the name of yours"
                            .formatted(EventDomain.class.getName()));
        }
        return found;
    }

    /** How many payloads to generate for each pair of revisions, and from which seed. */
    protected RoundTripOptions roundTrips() {
        return RoundTripOptions.DEFAULT;
    }

    /**
     * Whether any history can have this payload, though its schema allows it: for what one field says about another.
     * Answer no for as little as possible; what is left out is not proven.
     *
     * @param payload must not be changed
     */
    protected boolean occurs(Revision revision, ObjectNode payload) {
        return true;
    }

    @TestFactory
    Stream<DynamicNode> events(TestReporter reporter) {
        EventDomains domains = domains();
        List<Sample> samples = domains.all().stream()
                .flatMap(domain -> DomainFiles.packaged(domain).samples().stream())
                .toList();
        Map<String, SchemaLock> locks = domains.all().stream()
                .collect(Collectors.toMap(EventDomain::name, domain -> DomainFiles.packaged(domain)
                        .lock()));
        return Stream.of(
                dynamicTest(
                        "the steps fit together and do what was approved",
                        () -> assertThat(EventCheck.atBuild(domains, samples)).isEmpty()),
                dynamicContainer(
                        "the schemas are those agreed",
                        domains.all().stream()
                                .map(domain -> dynamicTest(domain.name(), () -> schemas(domain, locks, reporter)))),
                dynamicContainer(
                        "each sample reads as today's class and fits its schema",
                        samples.stream()
                                .map(sample -> dynamicTest(sample.path(), () -> sample(domains, locks, sample)))),
                dynamicTest("every revision goes to every other and back", () -> {
                    RoundTripReport report = report(domains, locks);
                    reporter.publishEntry("round trips", report.summary());
                    LOG.info("{}", report.summary());
                    report.lifted()
                            .forEach(lifted -> reporter.publishEntry(
                                    "not held to the exact payload",
                                    "%s to %s loses %s"
                                            .formatted(
                                                    lifted.from(),
                                                    lifted.to(),
                                                    lifted.loss().what())));
                    report.requireNoFailures();
                    assertThat(report.pairs()).as("pairs of revisions").isPositive();
                }));
    }

    private static void schemas(EventDomain domain, Map<String, SchemaLock> locks, TestReporter reporter) {
        SchemaCheck.Result result = SchemaCheck.of(domain, lock(locks, domain.name()));
        result.notes().forEach(note -> reporter.publishEntry("loss", note));
        assertThat(result.problems()).isEmpty();
    }

    private static void sample(EventDomains domains, Map<String, SchemaLock> locks, Sample sample) {
        EventTypes types = domains.types();
        StoredEvents.of(types, EventSteps.of(domains.steps(), types), check(locks))
                .event(sample.stored().key(), sample.stored().payload().toString())
                .isReadable()
                .isAcceptedBySchema();
    }

    private RoundTripReport report(EventDomains domains, Map<String, SchemaLock> locks) {
        return new RoundTrips(
                        EventSteps.of(domains.steps(), domains.types()),
                        revision -> schema(locks, revision),
                        check(locks))
                .thatOccur(this::occurs)
                .run(roundTrips());
    }

    private static PayloadCheck check(Map<String, SchemaLock> locks) {
        PayloadValidator validator = new PayloadValidator(revision -> schema(locks, revision));
        return (revision, payload) -> validator
                .violations(revision, payload)
                .orElseThrow(() -> new IllegalStateException(
                        "'%s' has no agreed schema; accept one with 'changeover schemas accept'".formatted(revision)));
    }

    private static Optional<ObjectNode> schema(Map<String, SchemaLock> locks, Revision revision) {
        return locks.values().stream()
                .flatMap(lock -> lock.schema(revision).stream())
                .findFirst();
    }

    private static SchemaLock lock(Map<String, SchemaLock> locks, String domain) {
        return locks.getOrDefault(domain, SchemaLock.empty(domain));
    }
}
