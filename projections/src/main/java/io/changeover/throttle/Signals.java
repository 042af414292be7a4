package io.changeover.throttle;

import io.changeover.projection.DaemonThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Reads all signals at once, each on a thread of its own, so that one which hangs hides no other. */
final class Signals implements AutoCloseable {

    private final List<ThrottleSignal> all;
    private final ExecutorService threads =
            Executors.newCachedThreadPool(new DaemonThreads("changeover-throttle-signal"));
    private final Map<String, Future<SignalReading>> pending = new LinkedHashMap<>();

    /**
     * @throws IllegalArgumentException when two have one name
     */
    Signals(List<ThrottleSignal> all) {
        Set<String> names = new HashSet<>();
        for (ThrottleSignal signal : all) {
            if (!names.add(signal.name())) {
                throw new IllegalArgumentException(
                        "Two signals of the throttle are called '%s'; give one of them another name"
                                .formatted(signal.name()));
            }
        }
        this.all = List.copyOf(all);
    }

    /**
     * One look at each signal, in their order.
     *
     * @param patience longest time for all of them
     */
    synchronized List<Heard> read(ThrottleLimits limits, Duration patience) throws InterruptedException {
        Map<String, Future<SignalReading>> looks = new LinkedHashMap<>();
        for (ThrottleSignal signal : all) {
            looks.put(
                    signal.name(),
                    pending.computeIfAbsent(signal.name(), name -> threads.submit(() -> signal.read(limits))));
        }
        long deadline = System.nanoTime() + patience.toNanos();
        List<Heard> heard = new ArrayList<>();
        for (Map.Entry<String, Future<SignalReading>> look : looks.entrySet()) {
            heard.add(await(look.getKey(), look.getValue(), deadline, patience));
        }
        return heard;
    }

    private Heard await(String name, Future<SignalReading> look, long deadline, Duration patience)
            throws InterruptedException {
        try {
            SignalReading reading = look.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            pending.remove(name);
            return Heard.of(name, reading);
        } catch (TimeoutException e) {
            return Heard.failed(name, "no answer within %d ms".formatted(patience.toMillis()));
        } catch (ExecutionException e) {
            pending.remove(name);
            Throwable cause = e.getCause() == null ? e : e.getCause();
            String message = cause.getMessage();
            return Heard.failed(name, message == null ? cause.toString() : message);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
