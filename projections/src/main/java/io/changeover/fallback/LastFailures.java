package io.changeover.fallback;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Remembers a few failures, the latest first. */
final class LastFailures {

    private static final int KEPT = 10;

    private final Deque<FallbackFailure> failures = new ArrayDeque<>();

    synchronized void add(FallbackFailure failure) {
        failures.addFirst(failure);
        if (failures.size() > KEPT) {
            failures.removeLast();
        }
    }

    synchronized List<FallbackFailure> all() {
        return List.copyOf(failures);
    }
}
