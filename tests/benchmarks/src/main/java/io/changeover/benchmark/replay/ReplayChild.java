package io.changeover.benchmark.replay;

import io.changeover.benchmark.bench.Heap;
import io.changeover.benchmark.bench.Pause;
import io.changeover.benchmark.replay.contender.EngineNode;
import io.changeover.benchmark.replay.contender.EngineNode.Moment;
import io.changeover.benchmark.replay.store.Database;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * One backfill in a process of its own. Writes to its standard output, a line each: {@code ready} when the node is up,
 * {@code started}, {@code at EVENTS TOTAL} now and then, {@code heap BYTES} where asked for: the most that was in use
 * after a collection, {@code resident KIB} where the system tells it, and {@code done NANOSECONDS}.
 */
public final class ReplayChild {

    private static final long PAUSE_MILLIS = 20;

    private ReplayChild() {}

    /** Arguments: JDBC address, user, version, whether to watch the heap, and properties as NAME=VALUE. */
    public static void main(String[] arguments) {
        Database store = new Database("", arguments[0], arguments[1]);
        String version = arguments[2];
        boolean watchHeap = Boolean.parseBoolean(arguments[3]);
        Map<String, String> properties = new TreeMap<>();
        for (int i = 4; i < arguments.length; i++) {
            int separator = arguments[i].indexOf('=');
            properties.put(arguments[i].substring(0, separator), arguments[i].substring(separator + 1));
        }
        try (EngineNode node = EngineNode.start(store, properties)) {
            tell("ready");
            long started = System.nanoTime();
            CompletableFuture<Long> run = node.begin(version);
            tell("started");
            long heap = 0;
            while (!run.isDone()) {
                node.moment(version).filter(moment -> moment.total() > 0).ifPresent(ReplayChild::tell);
                heap = watchHeap ? Math.max(heap, Heap.inUse()) : 0;
                Pause.millis(PAUSE_MILLIS);
            }
            run.join();
            long elapsed = System.nanoTime() - started;
            tell("heap " + heap);
            tell("resident " + Heap.residentKib());
            tell("done " + elapsed);
        }
    }

    private static void tell(Moment moment) {
        tell("at %d %d".formatted(moment.events(), moment.total()));
    }

    private static void tell(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
