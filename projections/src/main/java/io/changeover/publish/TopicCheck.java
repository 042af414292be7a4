package io.changeover.publish;

import io.changeover.upcast.Contract;
import io.changeover.upcast.EventSteps;
import io.changeover.upcast.EventSteps.Reading;
import io.changeover.upcast.Revision;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Holds what a topic promises against the steps between revisions, before it promises it to anybody. */
final class TopicCheck {

    private TopicCheck() {}

    /** What keeps events from reaching the revisions that the topic promises; empty where nothing does. */
    static List<String> problems(Topic topic, EventSteps steps) {
        Contract contract = topic.contract();
        List<String> problems = new ArrayList<>();
        contract.revisions().stream().sorted(EventSteps.ORDER).forEach(promised -> {
            if (steps.reading(promised.name(), promised.revision()) == Reading.UNKNOWN) {
                problems.add(
                        "revision '%s' is promised and known neither by a class nor by a step; correct the contract, or deploy the release that knows it"
                                .formatted(promised));
            }
        });
        if (problems.isEmpty()) {
            steps.revisions().stream()
                    .filter(written -> steps.concerns(written, contract) && !leads(written, contract, steps))
                    .sorted(EventSteps.ORDER)
                    .forEach(written -> problems.add(
                            "events of revision '%s' lead to none that is promised (%s); give the step between them a way down, or promise a later revision"
                                    .formatted(written, promised(contract, written))));
        }
        return problems;
    }

    private static boolean leads(Revision written, Contract contract, EventSteps steps) {
        if (contract.knows(written)) {
            return true;
        }
        Set<Revision> known = contract.revisions();
        Set<Revision> above = steps.reachable(written);
        if (!Collections.disjoint(above, known)) {
            return true;
        }
        Set<Revision> below = new HashSet<>(steps.reachableDown(written));
        above.forEach(each -> below.addAll(steps.reachableDown(each)));
        return !Collections.disjoint(below, known);
    }

    private static String promised(Contract contract, Revision written) {
        String same = contract.revisions().stream()
                .filter(revision -> revision.name().equals(written.name()))
                .map(Revision::toString)
                .sorted()
                .collect(Collectors.joining(", "));
        return same.isEmpty() ? contract.name() : same;
    }

    /** Names under which events are stored that can concern the topic's readers. */
    static Set<String> storedNames(Topic topic, EventSteps steps) {
        Set<String> names = steps.revisions().stream()
                .filter(written -> steps.concerns(written, topic.contract()))
                .map(Revision::name)
                .collect(Collectors.toCollection(HashSet::new));
        topic.contract().revisions().forEach(revision -> names.add(revision.name()));
        return Set.copyOf(names);
    }
}
