package io.changeover.gate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Counts of the present step, and of its last half minute. The latter is there for long steps, in which many calls that
 * went well would outweigh those that go wrong now; it is this node's memory, and begins anew on another one. Safe for use
 * by several threads.
 */
final class StepCounts {

    static final Duration RECENT = Duration.ofSeconds(30);

    /**
     * What was counted.
     *
     * @param step since the step began
     * @param recent of that, what came in the last half minute, as far as this node has looked
     */
    record Seen(Counted step, Counted recent) {}

    private record Moment(Instant at, Counted counted) {}

    private record Memory(String step, Deque<Moment> moments) {}

    private final String measure;
    private final Function<GateQuestion, @Nullable Counted> source;
    private final Baselines baselines;
    private final Map<String, Memory> memories = new HashMap<>();

    /** @param source what is counted by now since the changeover began, over all nodes; null where nobody counts */
    StepCounts(String measure, Function<GateQuestion, @Nullable Counted> source, Baselines baselines) {
        this.measure = measure;
        this.source = source;
        this.baselines = baselines;
    }

    @Nullable
    Seen read(GateQuestion question) {
        Counted now = source.apply(question);
        if (now == null) {
            return null;
        }
        String changeover = question.attempt().id();
        Instant since = question.attempt().course().phaseSince();
        Counted step = now.since(baselines.of(changeover, since, measure, now));
        return new Seen(step, recent(question.view(), changeover + " " + since, question.now(), step));
    }

    private synchronized Counted recent(String view, String step, Instant now, Counted counted) {
        Memory memory = memories.get(view);
        if (memory == null || !memory.step().equals(step)) {
            memory = new Memory(step, new ArrayDeque<>());
            memories.put(view, memory);
        }
        Deque<Moment> moments = memory.moments();
        moments.addLast(new Moment(now, counted));
        Instant begin = now.minus(RECENT);
        while (moments.size() > 1 && moments.getFirst().at().isBefore(begin)) {
            moments.removeFirst();
        }
        return counted.since(moments.getFirst().counted());
    }
}
