package io.changeover.catalog;

import io.changeover.event.EventTypes;
import io.changeover.sample.Sample;
import io.changeover.upcast.EventStep;
import io.changeover.upcast.EventSteps;
import io.changeover.upcast.EventTree;
import io.changeover.upcast.StepTrials;
import io.changeover.upcast.StepTrials.Trial;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Everything that can be found out about the events of some domains without running an application: the graph of steps,
 * what steps do to golden samples, samples that mean something else than was approved, and revisions that are not what
 * they seem. All problems are told together, each with event, revision and remedy.
 */
public final class EventCheck {

    private EventCheck() {}

    /**
     * For a build. Sets time zone and locale of the process for a moment, to find steps that depend on them.
     *
     * @param samples the golden samples of all the domains
     * @return the problems; empty when there are none
     */
    public static List<String> atBuild(EventDomains domains, Collection<Sample> samples) {
        EventTypes types = domains.types();
        List<String> problems = new ArrayList<>(EventSteps.problems(domains.steps(), types));
        if (problems.isEmpty()) {
            EventSteps steps = EventSteps.of(domains.steps(), types);
            problems.addAll(StepTrials.problemsEverywhere(steps, trials(samples)));
            problems.addAll(approvals(steps, samples));
        }
        problems.addAll(RevisionAnnotations.problems(packages(domains)));
        return List.copyOf(problems);
    }

    /**
     * For the start of an application, whose graph of steps has been checked already. A domain that ships no samples is
     * not held to have some.
     *
     * @param samples the golden samples on the class path
     * @return the problems; empty when there are none
     */
    public static List<String> atStart(EventDomains domains, EventSteps steps, Collection<Sample> samples) {
        List<String> problems = new ArrayList<>();
        Set<String> sampled =
                samples.stream().map(sample -> sample.stored().name()).collect(Collectors.toSet());
        List<EventStep> held = domains.all().stream()
                .map(EventDomain::steps)
                .filter(own -> own.stream()
                        .flatMap(step -> step.sources().stream())
                        .anyMatch(source -> sampled.contains(source.name())))
                .flatMap(List::stream)
                .toList();
        problems.addAll(StepTrials.problems(steps, trials(samples), steps.own(held)));
        problems.addAll(approvals(steps, samples));
        problems.addAll(RevisionAnnotations.problems(packages(domains)));
        return List.copyOf(problems);
    }

    private static List<Trial> trials(Collection<Sample> samples) {
        return samples.stream()
                .map(sample -> new Trial(sample.label(), sample.stored(), sample::origin))
                .toList();
    }

    private static List<String> approvals(EventSteps steps, Collection<Sample> samples) {
        List<String> problems = new ArrayList<>();
        for (Sample sample : samples) {
            List<EventTree> today;
            try {
                today = steps.up(sample.stored().copy(), sample.origin());
            } catch (RuntimeException e) {
                continue; // told by the trials
            }
            if (sample.approved() == null) {
                problems.add(
                        "sample '%s' has not been approved; look at what it means today with 'changeover samples approve', and commit it"
                                .formatted(sample.path()));
            } else if (!Approval.same(sample.approved(), today)) {
                problems.add(
                        "sample '%s' means something else than was approved: %s; mend the step, or approve the change with 'changeover samples approve'"
                                .formatted(sample.path(), Approval.difference(sample.approved(), today)));
            }
        }
        return problems;
    }

    private static Set<String> packages(EventDomains domains) {
        Set<String> packages = new LinkedHashSet<>();
        domains.all().forEach(domain -> packages.add(domain.getClass().getPackageName()));
        return packages;
    }
}
