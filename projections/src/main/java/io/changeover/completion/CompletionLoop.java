package io.changeover.completion;

import io.changeover.projection.DaemonThreads;
import io.changeover.serving.Router;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has what is decided about the end of versions carried out: when it is decided, after a start, and again until it is done.
 * What other nodes have decided arrives here too, since a node follows every view.
 */
public final class CompletionLoop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CompletionLoop.class);
    private static final int ANEW_AFTER = 60;
    private static final long PATIENCE_SECONDS = 20;

    private final Completion completion;
    private final Router router;
    private final List<String> views;
    private final Duration interval;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreads("changeover-completion"));

    /** Event of each view up to which all is carried out. */
    private final Map<String, Long> settled = new HashMap<>();

    private final Map<String, String> told = new HashMap<>();
    private int looks;

    /**
     * A loop that does not run yet.
     *
     * @param interval time between two looks, more than zero
     */
    public CompletionLoop(Completion completion, Router router, List<String> views, Duration interval) {
        this.completion = completion;
        this.router = router;
        this.views = List.copyOf(views);
        this.interval = interval;
    }

    /** Begins to look. To be called once. */
    public void start() {
        var unused = thread.scheduleWithFixedDelay(this::look, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        if (looks++ % ANEW_AFTER == 0) {
            settled.clear(); // what a hand has changed since is mended too
        }
        views.forEach(this::look);
    }

    private void look(String view) {
        long sequence = router.sequence(view);
        if (sequence < 0 || settled.getOrDefault(view, -1L) == sequence) {
            return;
        }
        try {
            List<Unfinished> open = completion.carryOut(view);
            if (open.isEmpty()) {
                settled.put(view, sequence);
            }
            tell(
                    view,
                    open.stream()
                            .map(each -> "%s: %s".formatted(each.version(), each.text()))
                            .collect(Collectors.joining("; ")));
        } catch (RuntimeException e) { // as when the database is away
            if (told.getOrDefault(view, "").isEmpty()) {
                LOG.warn("The end of versions of view {} could not be carried out; it is tried again", view, e);
            }
            told.put(view, String.valueOf(e.getMessage()));
        }
    }

    private void tell(String view, String problem) {
        if (!problem.equals(told.getOrDefault(view, ""))) {
            if (problem.isEmpty()) {
                LOG.info("The end of versions of view {} is carried out", view);
            } else {
                LOG.info("The end of versions of view {} is not carried out yet and tried again: {}", view, problem);
            }
            told.put(view, problem);
        }
    }

    /** Ends the loop and waits for a step that is under way. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn(
                        "The end of a version is still being carried out after {} s; a node goes on with it",
                        PATIENCE_SECONDS);
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
