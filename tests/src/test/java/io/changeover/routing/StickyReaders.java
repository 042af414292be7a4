package io.changeover.routing;

import io.changeover.routing.SignalDomain.SignalBoard;
import io.changeover.serving.Cohort;
import io.changeover.serving.ReaderContext;
import io.changeover.testkit.TestNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** Threads that read on behalf of the same readers, one after the other, over and over, until they are closed. */
final class StickyReaders implements AutoCloseable {

    private static final long PAUSE_NANOS = 200_000; // leaves the machine to others; how long it takes is never judged

    private final List<String> readers;
    private final List<Loop> loops;
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private volatile boolean stopped;

    StickyReaders(SignalBoard board, int threads, int readers) {
        this.readers = IntStream.range(0, readers).mapToObj(i -> "reader-" + i).toList();
        this.loops = IntStream.range(0, threads).mapToObj(i -> new Loop(board)).toList();
        loops.forEach(loop -> loop.thread.start());
    }

    /** One thread, with what each reader was answered by: every version once for each time that it came. */
    private final class Loop {

        private final SignalBoard board;
        private final List<List<Integer>> histories;
        private final Thread thread = new Thread(this::run, "sticky-reader");
        private long rounds;

        Loop(SignalBoard board) {
            this.board = board;
            this.histories = readers.stream()
                    .map(reader -> (List<Integer>) new ArrayList<Integer>())
                    .toList();
            thread.setDaemon(true);
        }

        private void run() {
            while (!stopped) {
                for (int i = 0; i < readers.size(); i++) {
                    read(i);
                }
                synchronized (this) {
                    rounds++;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }

        private void read(int reader) {
            try {
                int version = ReaderContext.<Integer>call(readers.get(reader), board::version);
                synchronized (this) {
                    List<Integer> history = histories.get(reader);
                    if (history.isEmpty() || history.get(history.size() - 1) != version) {
                        history.add(version);
                    }
                }
            } catch (RuntimeException | Error e) {
                failures.add(e);
            }
        }

        synchronized long rounds() {
            return rounds;
        }

        synchronized List<List<Integer>> histories() {
            return histories.stream().map(List::copyOf).toList();
        }
    }

    /** Waits until every thread has read for every reader after this was called. */
    void awaitRound() {
        for (Loop loop : loops) {
            long after = loop.rounds() + 2; // the one that goes on now began before
            TestNode.await(() -> loop.rounds() >= after);
        }
    }

    /** The readers that each thread was answered for by the new version last. */
    List<Set<String>> moved() {
        return loops.stream().map(this::moved).toList();
    }

    private Set<String> moved(Loop loop) {
        List<List<Integer>> histories = loop.histories();
        Set<String> moved = new TreeSet<>();
        for (int i = 0; i < readers.size(); i++) {
            List<Integer> history = histories.get(i);
            if (history.get(history.size() - 1) == 2) {
                moved.add(readers.get(i));
            }
        }
        return moved;
    }

    /** The readers whose cohorts the new version serves at the percentage. */
    Set<String> servedAt(int percent) {
        Set<String> served = new TreeSet<>();
        readers.stream()
                .filter(reader -> Cohort.served(Cohort.of(SignalDomain.VIEW, reader), percent))
                .forEach(served::add);
        return served;
    }

    /** The versions that answered each reader on each thread, in order, each once for each time that it came. */
    List<List<Integer>> histories() {
        return loops.stream().flatMap(loop -> loop.histories().stream()).toList();
    }

    /** What readers got in place of an answer. */
    List<Throwable> failures() {
        return List.copyOf(failures);
    }

    /** Ends the threads; what they have read can still be asked for. */
    void stop() {
        stopped = true;
        for (Loop loop : loops) {
            try {
                loop.thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }

    @Override
    public void close() {
        stop();
    }
}
