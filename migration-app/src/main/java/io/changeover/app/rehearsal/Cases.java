package io.changeover.app.rehearsal;

import io.changeover.app.rehearsal.RehearsalResult.Case;
import io.changeover.app.start.StartRefusedException;
import io.changeover.changeover.ChangeoverRefusedException;
import io.changeover.operation.OperationRefusedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** What was tried so far. Whatever is thrown by a case is its failure, in words; nothing of it goes further. */
final class Cases {

    /** Something to try. */
    interface Attempt {
        void run() throws Exception;
    }

    private final List<Case> all = new ArrayList<>();
    private final Consumer<String> progress;
    private int told;

    Cases(Consumer<String> progress) {
        this.progress = progress;
    }

    /** Tries it; false when it has failed. */
    boolean attempt(String stage, String name, Attempt attempt) {
        long begin = System.nanoTime();
        String failure = null;
        try {
            attempt.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failure = "It was interrupted; run the rehearsal again";
        } catch (Exception e) {
            failure = words(e);
        }
        all.add(new Case(stage, name, Duration.ofNanos(System.nanoTime() - begin), failure));
        if (failure != null) {
            progress.accept("FAILED  %s: %s: %s".formatted(stage, name, failure));
        }
        return failure == null;
    }

    /** Tells how many cases of the stage hold, once it is over. */
    void tell(String stage) {
        List<Case> since = all.subList(told, all.size());
        if (since.stream().noneMatch(Case::failed)) {
            Duration took = since.stream().map(Case::took).reduce(Duration.ZERO, Duration::plus);
            progress.accept(String.format(
                    Locale.ROOT, "holds   %s: %d cases in %.1f s", stage, since.size(), took.toMillis() / 1000.0));
        }
        told = all.size();
    }

    boolean failed() {
        return all.stream().anyMatch(Case::failed);
    }

    List<Case> all() {
        return List.copyOf(all);
    }

    /** Refusals are sentences already; of anything else the innermost cause says the most. */
    private static String words(Exception failure) {
        Throwable cause = failure;
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof RehearsalFailure
                    || each instanceof StartRefusedException
                    || each instanceof OperationRefusedException
                    || each instanceof ChangeoverRefusedException) {
                return String.valueOf(each.getMessage());
            }
            cause = each;
        }
        return "%s: %s; look into the application's log, which --log keeps"
                .formatted(cause.getClass().getSimpleName(), String.valueOf(cause.getMessage()));
    }
}
