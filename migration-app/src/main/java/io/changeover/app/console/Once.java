package io.changeover.app.console;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * Does what a form asks once, however often the form is sent: whoever sends it again, also while it is being done, gets
 * the first answer. Remembers the last forms only, and only on this node; across nodes the changeover itself knows what it
 * has done by the same identifier.
 */
final class Once {

    private static final int REMEMBERED = 1_000;

    private final Map<String, FutureTask<String>> done = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, FutureTask<String>> eldest) {
            return size() > REMEMBERED;
        }
    };

    /**
     * @param form identifier of the form and of who sends it
     * @return what the first to come was answered; one that was refused is forgotten
     */
    String run(String form, Supplier<String> deed) {
        FutureTask<String> mine = new FutureTask<>(deed::get);
        FutureTask<String> first;
        synchronized (done) {
            first = done.putIfAbsent(form, mine);
        }
        if (first == null) {
            mine.run();
            first = mine;
        }
        try {
            return first.get();
        } catch (ExecutionException e) {
            synchronized (done) {
                done.remove(form, first);
            }
            if (e.getCause() instanceof RuntimeException refused) {
                throw refused;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the form was carried out; look at the page", e);
        }
    }
}
