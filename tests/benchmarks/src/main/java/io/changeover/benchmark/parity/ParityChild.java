package io.changeover.benchmark.parity;

import io.changeover.benchmark.bench.Heap;
import io.changeover.benchmark.bench.Pause;
import io.changeover.benchmark.invoice.InvoiceBoards;
import io.changeover.benchmark.invoice.InvoiceDomain;
import io.changeover.benchmark.replay.contender.EngineNode;
import io.changeover.benchmark.replay.store.Database;
import io.changeover.parity.ParityCheck;
import io.changeover.parity.ParityReport;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One comparison in a process of its own. Writes to its standard output, a line each: {@code before BYTES} in use before
 * it, {@code heap BYTES} the most that was in use after a collection, {@code resident KIB} where the system tells it,
 * {@code compared ROWS} and {@code differing ROWS}.
 */
public final class ParityChild {

    private static final long PAUSE_MILLIS = 20;

    private ParityChild() {}

    /** Arguments: JDBC address, user, and properties as NAME=VALUE. */
    public static void main(String[] arguments) {
        Database store = new Database("", arguments[0], arguments[1]);
        Map<String, String> properties = new TreeMap<>();
        for (int i = 2; i < arguments.length; i++) {
            int separator = arguments[i].indexOf('=');
            properties.put(arguments[i].substring(0, separator), arguments[i].substring(separator + 1));
        }
        try (EngineNode node = EngineNode.start(store, properties, InvoiceDomain.class)) {
            ParityCheck parity = node.get(ParityCheck.class);
            tell("before", Heap.inUse());
            AtomicLong found = new AtomicLong();
            CompletableFuture<ParityReport> run = CompletableFuture.supplyAsync(
                    () -> parity.run(InvoiceBoards.OLD, InvoiceBoards.NEW, row -> found.incrementAndGet()));
            long heap = 0;
            while (!run.isDone()) {
                heap = Math.max(heap, Heap.inUse());
                Pause.millis(PAUSE_MILLIS);
            }
            ParityReport report = run.join();
            tell("heap", heap);
            tell("resident", Heap.residentKib());
            tell("compared", report.rowsCompared());
            tell("differing", found.get());
        }
    }

    private static void tell(String what, long number) {
        System.out.println(what + " " + number);
        System.out.flush();
    }
}
