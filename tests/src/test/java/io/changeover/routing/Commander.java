package io.changeover.routing;

import io.changeover.operation.OperationRefusedException;
import io.changeover.testkit.TestNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** An operator who shifts to one percentage after the other until that fails for another reason than a gate. */
final class Commander {

    private static final long PAUSE_NANOS = 20_000_000;

    private final TestNode node;
    private final Random random;
    private final List<Integer> answered = new ArrayList<>();
    private final AtomicInteger count = new AtomicInteger();
    private final Thread thread = new Thread(this::run, "commander");
    private int percent;
    private volatile @Nullable RuntimeException failure;

    /** @param percent that is shifted to now, which is never shifted to at once */
    Commander(TestNode node, int percent, long seed) {
        this.node = node;
        this.percent = percent;
        this.random = new Random(seed);
        thread.start();
    }

    private void run() {
        int next = another();
        while (failure == null) {
            try {
                node.operations().shift(SignalDomain.VIEW, next, SignalNode.REQUEST);
                percent = next;
                answered.add(next);
                count.incrementAndGet();
                next = another();
            } catch (OperationRefusedException e) {
                // A version that does not follow yet, as right after the database came back: asks again.
                LockSupport.parkNanos(PAUSE_NANOS);
            } catch (RuntimeException e) {
                percent = next;
                failure = e;
            }
        }
    }

    private int another() {
        int next = random.nextInt(100);
        return next >= percent ? next + 1 : next;
    }

    /** Waits until so many shifts have been answered, and more are on their way. */
    void awaitAnswered(int shifts) {
        TestNode.await(() -> count.get() >= shifts || failure != null);
        if (failure != null) {
            throw new AssertionError("a shift failed while the database was there", failure);
        }
    }

    /** Waits until a shift has failed. */
    RuntimeException awaitFailure() {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        return Objects.requireNonNull(failure);
    }

    /** The percentages of all shifts that were answered, in order; once one has failed. */
    List<Integer> answered() {
        return answered;
    }

    /** The percentage of the shift that failed. */
    int attempted() {
        return percent;
    }
}
