package io.changeover.examples.orders.traffic;

import io.changeover.examples.orders.dispatch.CommandBatches;
import io.changeover.examples.orders.dispatch.HistoricCommand;
import io.changeover.examples.orders.dispatch.Refusal;
import io.changeover.examples.orders.steelwheels.SteelWheels;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Lets orders come in at a steady rate. The number of the next step commits with the events of the step, so traffic that
 * was interrupted at any moment goes on where it was. Starts only when told to, after the import, and stops with the
 * application context. Several nodes may run it at once: each adds its rate, no step is made twice.
 */
public final class LiveTraffic implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(LiveTraffic.class);
    private static final String NAME = "live";
    private static final long SECONDS_TO_FINISH_A_STEP = 30;

    private final CommandBatches batches;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final TrafficOptions options;
    private final Supplier<SteelWheels> source;
    private @Nullable ScheduledExecutorService executor;
    private @Nullable TrafficScript script;

    /** Traffic of customers and products of the given source, which is read at the first step. */
    public LiveTraffic(
            CommandBatches batches,
            JdbcClient jdbc,
            Clock clock,
            TrafficOptions options,
            Supplier<SteelWheels> source) {
        this.batches = batches;
        this.jdbc = jdbc;
        this.clock = clock;
        this.options = options;
        this.source = source;
    }

    /**
     * Starts to make steps. Does nothing when traffic is running.
     *
     * @throws TrafficChangedException when the database has traffic of another seed
     */
    @Override
    public synchronized void start() {
        if (executor != null) {
            return;
        }
        begin();
        ScheduledExecutorService started =
                Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "orders-traffic"));
        long period = Math.max(1, Math.round(TimeUnit.SECONDS.toNanos(1) / options.rate()));
        // A tick catches what it throws, so its future has nothing to tell.
        ScheduledFuture<?> unused = started.scheduleAtFixedRate(() -> tick(started), 0, period, TimeUnit.NANOSECONDS);
        executor = started;
    }

    /**
     * Makes the next step at once, whether started or not.
     *
     * @return whether there was one; false when the limit is reached
     */
    public boolean step() {
        begin();
        return batches.send(this::next, this::done) > 0;
    }

    /** Ends after the step at hand. */
    @Override
    public synchronized void stop() {
        ScheduledExecutorService running = executor;
        if (running == null) {
            return;
        }
        executor = null;
        running.shutdown();
        try {
            if (!running.awaitTermination(SECONDS_TO_FINISH_A_STEP, TimeUnit.SECONDS)) {
                running.shutdownNow();
            }
        } catch (InterruptedException e) {
            running.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return executor != null;
    }

    /** False: the customers of the traffic must be imported first. */
    @Override
    public boolean isAutoStartup() {
        return false;
    }

    private void tick(ScheduledExecutorService running) {
        try {
            if (batches.send(this::next, this::done) == 0) {
                running.shutdown();
            }
        } catch (RuntimeException e) {
            // A task that throws would never run again; nothing was stored, so the next tick makes this step.
            LOG.warn("A step of the traffic failed and will be made again: {}", e.toString());
        }
    }

    private void begin() {
        jdbc.sql("insert into orders_traffic (name, seed, next_index) values (?, ?, 1) on conflict (name) do nothing")
                .params(NAME, options.seed())
                .update();
        long begun = jdbc.sql("select seed from orders_traffic where name = ?")
                .param(NAME)
                .query(Long.class)
                .single();
        if (begun != options.seed()) {
            throw new TrafficChangedException(begun, options.seed());
        }
    }

    private List<HistoricCommand> next() {
        long index = jdbc.sql("select next_index from orders_traffic where name = ? for update")
                .param(NAME)
                .query(Long.class)
                .single();
        return options.reached(index) ? List.of() : script().step(index, timeOf(index));
    }

    private void done(List<Refusal> refusals) {
        refusals.forEach(refusal -> LOG.warn("A command of the traffic was refused: {}", refusal.reason()));
        jdbc.sql("update orders_traffic set next_index = next_index + 1 where name = ? and (? = 0 or next_index <= ?)")
                .params(NAME, options.limit(), options.limit())
                .update();
    }

    private Instant timeOf(long index) {
        return options.start()
                .map(start -> start.plus(options.step().multipliedBy(index - 1)))
                .orElseGet(() -> clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    private synchronized TrafficScript script() {
        TrafficScript ready = script;
        if (ready == null) {
            ready = new TrafficScript(source.get(), options.seed());
            script = ready;
        }
        return ready;
    }
}
