package io.changeover.benchmark.replay;

import io.changeover.benchmark.bench.Pause;
import io.changeover.benchmark.replay.contender.EngineNode;
import io.changeover.examples.orders.model.Money;
import io.changeover.examples.orders.model.PersonName;
import io.changeover.examples.orders.order.AddOrderLine;
import io.changeover.examples.orders.order.PlaceOrder;
import io.changeover.examples.orders.order.ShipOrder;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import org.axonframework.commandhandling.gateway.CommandGateway;

/** Some writers that place and ship orders through commands, each as soon as the command before is done. */
final class LiveWriters implements AutoCloseable {

    private static final int LINES = 3;
    private static final LocalDate DAY = LocalDate.of(2005, 6, 1);
    private static final String CURRENCY = "USD";

    private final CommandGateway commands;
    private final LongAdder appended = new LongAdder();
    private final ExecutorService threads;
    private final List<Future<?>> writers = new ArrayList<>();
    private volatile boolean stopped;

    LiveWriters(EngineNode node, int count) {
        commands = node.get(CommandGateway.class);
        threads = Executors.newFixedThreadPool(count);
        for (int writer = 0; writer < count; writer++) {
            String prefix = "live-" + writer + "-";
            writers.add(threads.submit(() -> write(prefix)));
        }
    }

    private void write(String prefix) {
        for (long order = 0; !stopped; order++) {
            String id = prefix + order;
            send(new PlaceOrder(
                    id,
                    "103",
                    "Atelier graphique",
                    new PersonName("Carine", "Schmitt"),
                    DAY,
                    DAY.plusDays(8),
                    CURRENCY,
                    null));
            for (int line = 1; line <= LINES; line++) {
                send(new AddOrderLine(id, line, "S10_1678", line, new Money(9_570, CURRENCY)));
            }
            send(new ShipOrder(id, DAY.plusDays(1), null));
        }
    }

    private void send(Object command) {
        if (!stopped) {
            commands.sendAndWait(command);
            appended.increment();
        }
    }

    /** Events appended a second, over the given time from now. */
    double rate(long millis) {
        long before = appended.sum();
        long started = System.nanoTime();
        Pause.millis(millis);
        return (appended.sum() - before) / ((System.nanoTime() - started) / 1e9);
    }

    /** Lets each writer finish its command; fails when one has failed. */
    @Override
    public void close() {
        stopped = true;
        threads.shutdown();
        for (Future<?> writer : writers) {
            try {
                writer.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while a writer ended", e);
            } catch (ExecutionException e) {
                throw new IllegalStateException("a writer has failed", e.getCause());
            }
        }
    }
}
