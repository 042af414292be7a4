package io.changeover.upcast;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tries all steps on samples and finds what a look at the graph cannot: a change that never meets a value, a result that
 * depends on clock, chance, identity, time zone, locale or order, a function that changes what it is given, cases of a
 * split that overlap, a sample that a step refuses.
 */
public final class StepTrials {

    /**
     * A payload to try the steps on.
     *
     * @param label what the sample is called, for messages
     * @param event the payload in the revision in which it was stored; it is copied
     * @param origin what is known beside it; asked again for each run
     */
    public record Trial(String label, EventTree event, Supplier<Origin> origin) {

        String name() {
            return "sample '%s' of '%s'".formatted(label, event.key());
        }
    }

    private static final ObjectMapper JSON = JsonMapper.builder()
            .configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true)
            .build();

    private final EventSteps steps;
    private final List<Trial> trials;
    private final Set<String> problems = new LinkedHashSet<>();

    private StepTrials(EventSteps steps, List<Trial> trials) {
        this.steps = steps;
        this.trials = trials;
    }

    /**
     * Everything that is wrong, each as a sentence with revision and remedy; empty when nothing is. Leaves time zone and
     * locale of the process alone, so it can run in an application.
     *
     * @param held the steps whose every part must meet a value in some sample
     */
    public static List<String> problems(EventSteps steps, List<Trial> trials, Collection<EventStep> held) {
        StepTrials all = new StepTrials(steps, trials);
        all.watch(held);
        all.repeat();
        all.reverse();
        return List.copyOf(all.problems);
    }

    /**
     * As {@link #problems}, and tries other time zones and locales too. These are settings of the whole process: for
     * builds alone, where nothing else runs beside it.
     */
    public static List<String> problemsEverywhere(EventSteps steps, List<Trial> trials) {
        StepTrials all = new StepTrials(steps, trials);
        all.watch(steps.steps());
        all.repeat();
        all.reverse();
        all.elsewhere();
        return List.copyOf(all.problems);
    }

    private void watch(Collection<EventStep> held) {
        Watcher watcher = new Watcher();
        for (Trial trial : trials) {
            watcher.trial = trial;
            try {
                steps.up(trial.event().copy(), trial.origin().get().watchedBy(watcher));
            } catch (RuntimeException e) {
                problems.add("%s cannot be taken up: %s; mend the step, or remove the sample if no such event is stored"
                        .formatted(trial.name(), e.getMessage()));
            }
        }
        for (EventStep step : held) {
            Revision source = step.sources().get(0);
            boolean tried = trials.stream()
                    .map(trial -> trial.event().key())
                    .anyMatch(key -> step.sources().contains(key)
                            || step.sources().stream()
                                    .anyMatch(each -> steps.reachable(key).contains(each)));
            if (!tried) {
                problems.add(
                        "the step from '%s' never matched anything: there is no golden sample of '%s' or of a revision below it; mine one from the store, or write one"
                                .formatted(source, source));
                continue;
            }
            for (Change part : step.parts()) {
                if (!watcher.matched.contains(new Part(part))) {
                    problems.add(
                            "the step from '%s' has a part that never matched anything in the golden samples: %s; correct it, or add a sample that it is for"
                                    .formatted(source, part));
                }
            }
        }
    }

    /** A change by its identity: two equal ones in different steps are two. */
    private record Part(Change change) {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Part part && part.change == change;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(change);
        }
    }

    private final class Watcher implements Probe {

        private final Set<Part> matched = new HashSet<>();
        private @Nullable Trial trial;

        @Override
        public void matched(Change change) {
            matched.add(new Part(change));
        }

        @Override
        public JsonNode before(Change change, JsonNode input) {
            return input.deepCopy();
        }

        @Override
        public void after(Change change, JsonNode input, JsonNode given) {
            if (!input.equals(given)) {
                problems.add(
                        "%s changes the value that it is given, seen with %s; let it make a new value and leave its input alone"
                                .formatted(change, name()));
            }
        }

        @Override
        public void ambiguous(String first, String second) {
            problems.add("%s and %s both fit %s, so the order of the cases decides; let one of them exclude the other"
                    .formatted(first, second, name()));
        }

        private String name() {
            return trial == null ? "" : trial.name();
        }
    }

    /** The second and third of three runs in a row must agree; the first may still meet what others have left behind. */
    private void repeat() {
        for (Trial trial : trials) {
            run(trial);
            String second = run(trial);
            if (!second.equals(run(trial))) {
                problems.add(
                        "%s becomes something else each time it is taken up, so a step from '%s' on uses a clock, chance, identity or a state of its own; derive values from payload, metadata and the time of the event alone"
                                .formatted(trial.name(), trial.event().key()));
            }
        }
    }

    private void reverse() {
        Map<Trial, String> forwards = new HashMap<>();
        trials.forEach(trial -> forwards.put(trial, run(trial)));
        List<Trial> backwards = new ArrayList<>(trials);
        Collections.reverse(backwards);
        for (Trial trial : backwards) {
            if (!run(trial).equals(forwards.get(trial)) && !isReported(trial)) {
                problems.add(
                        "%s becomes something else when the samples are taken up in another order, so a step from '%s' on remembers earlier events; use a raw step if it needs them"
                                .formatted(trial.name(), trial.event().key()));
            }
        }
    }

    private void elsewhere() {
        Map<Trial, String> here = new HashMap<>();
        trials.forEach(trial -> here.put(trial, run(trial)));
        TimeZone zone = TimeZone.getDefault();
        Locale locale = Locale.getDefault();
        try {
            for (String other : List.of("Pacific/Kiritimati", "America/Adak")) {
                TimeZone.setDefault(TimeZone.getTimeZone(other));
                // Turkish has its own capital of i, Arabic its own digits.
                Locale.setDefault(Locale.forLanguageTag(other.startsWith("Pacific") ? "tr-TR" : "ar-EG-u-nu-arab"));
                for (Trial trial : trials) {
                    if (!run(trial).equals(here.get(trial)) && !isReported(trial)) {
                        problems.add(
                                "%s becomes something else in another time zone or language, so a step from '%s' on uses that of the machine; name zone and locale in the step"
                                        .formatted(trial.name(), trial.event().key()));
                    }
                }
            }
        } finally {
            TimeZone.setDefault(zone);
            Locale.setDefault(locale);
        }
    }

    private boolean isReported(Trial trial) {
        return problems.stream().anyMatch(problem -> problem.startsWith(trial.name() + " becomes"));
    }

    /** What becomes of the sample, as text that is equal where the bytes are. */
    private String run(Trial trial) {
        try {
            StringBuilder all = new StringBuilder();
            for (EventTree event : steps.up(trial.event().copy(), trial.origin().get())) {
                all.append(event.key()).append(new String(bytes(event.payload()), StandardCharsets.UTF_8));
            }
            return all.toString();
        } catch (RuntimeException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static byte[] bytes(ObjectNode payload) {
        return JSON.writeValueAsBytes(payload);
    }
}
