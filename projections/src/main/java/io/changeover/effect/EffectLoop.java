package io.changeover.effect;

import io.changeover.projection.DaemonThreads;
import io.changeover.projection.ProjectionStore;
import io.changeover.stream.News;
import io.changeover.stream.OrderedStream;
import io.changeover.upcast.AggregateHistory;
import io.changeover.upcast.EventReader;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves the fences and carries effects out, on any number of nodes, until it is closed. */
public final class EffectLoop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EffectLoop.class);
    private static final long PATIENCE_SECONDS = 20;
    private static final long TIDY_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final EffectCatalogue catalogue;
    private final EffectStore store;
    private final EffectOptions options;
    private final Dispatcher dispatcher;
    private final EffectRunner runner;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(new DaemonThreads("changeover-effects"));
    private final News news = new News(Duration.ZERO);
    private final Map<String, String> failures = new HashMap<>();
    private volatile boolean closed;

    /**
     * A loop that does not run yet.
     *
     * @param node name of the node
     * @param life identifier of this start of the node, which no other start has
     */
    public EffectLoop(
            EffectCatalogue catalogue,
            OrderedStream stream,
            EventReader reader,
            AggregateHistory history,
            ProjectionStore store,
            EffectOptions options,
            String node,
            String life) {
        this.catalogue = catalogue;
        this.store = new EffectStore(store);
        this.options = options;
        this.dispatcher = new Dispatcher(catalogue, stream, reader, history, this.store, options.batch());
        this.runner =
                new EffectRunner(catalogue, stream, reader, this.store, options, new Claimant(node, life), this::wake);
    }

    /**
     * Begins the fences of views that have had no effects so far, where the store ends now, and starts to work. To be
     * called once. Does nothing where no effect is declared.
     *
     * @throws RuntimeException when a fence cannot be begun, since events that come before it begins would not act
     */
    public void start() {
        if (catalogue.views().isEmpty()) {
            return;
        }
        catalogue.views().forEach(dispatcher::begin);
        runner.start();
        thread.execute(this::run);
    }

    /** Says that something was committed just now. Cheap; to be called after the commit, from any thread. */
    public void wake() {
        news.tell();
    }

    private void run() {
        long tidied = System.nanoTime() - TIDY_NANOS;
        while (!closed) {
            boolean more = false;
            for (String view : catalogue.views()) {
                more |= dispatch(view);
            }
            more |= attempt("carrying out", runner::fill);
            if (System.nanoTime() - tidied >= TIDY_NANOS) {
                tidied = System.nanoTime();
                attempt("tidying", this::tidy);
            }
            if (!more) {
                await();
            }
        }
    }

    private boolean dispatch(String view) {
        return attempt("the fence of view '%s'".formatted(view), () -> dispatcher.step(view));
    }

    private boolean tidy() {
        runner.sayWhatIsStranded();
        store.forget(options.keep());
        return false;
    }

    private interface Step {
        boolean take();
    }

    /** As when the database is away: the same is said once, and the next interval tries again. */
    private boolean attempt(String what, Step step) {
        try {
            boolean more = step.take();
            if (failures.remove(what) != null) {
                LOG.info("Effects go on: {}", what);
            }
            return more;
        } catch (RuntimeException e) {
            String text = String.valueOf(e.getMessage());
            if (!text.equals(failures.put(what, text))) {
                LOG.error(
                        "Effects cannot go on ({}); nothing is lost, and it is tried again after each {}. Mend what the message names",
                        what,
                        options.interval(),
                        e);
            }
            return false;
        }
    }

    private void await() {
        try {
            var unused = news.await(options.interval());
        } catch (InterruptedException e) {
            closed = true; // nobody interrupts this thread but a process that ends
        }
    }

    /** Ends the loop and waits for the calls that have begun. */
    @Override
    public void close() {
        closed = true;
        news.tell();
        thread.shutdown();
        try {
            if (!thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("The effects did not stop within {} seconds", PATIENCE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        runner.close();
    }
}
