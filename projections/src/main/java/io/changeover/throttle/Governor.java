package io.changeover.throttle;

import io.changeover.throttle.ThrottleStatus.State;
import io.changeover.throttle.ThrottleStatus.Totals;
import io.changeover.throttle.ThrottleStatus.Veto;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds background work of this node to what the live side can bear. Work is done in pieces, and after each of them the
 * thread that did it asks for leave to go on; pieces of some tens of milliseconds let live traffic breathe, and a piece
 * of seconds is a disturbance of seconds, however long the rest after it. Safe for use by several threads.
 */
public final class Governor implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Governor.class);

    /** Name of the veto of somebody who stopped work by hand. */
    public static final String OPERATOR = "operator";

    private static final Duration LOOK = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofMillis(200);
    /** Somebody who asks while nothing works can wait, and wants to know. */
    private static final Duration PATIENCE_OF_PEOPLE = Duration.ofSeconds(5);

    /** A rest is slept in steps of this length, so that a change of the share is noticed. */
    private static final long STEP = Duration.ofMillis(50).toNanos();
    /** Shorter rests are added up: the system could not sleep so short a time anyhow. */
    private static final long SHORTEST_REST = Duration.ofMillis(1).toNanos();
    /** A longer sleep than was wanted is made up for by up to this much work. */
    private static final double MOST_CREDIT = Duration.ofMillis(5).toNanos();
    /** No piece is rested for longer: work may hold a claim, which another node takes over after ten seconds. */
    private static final long LONGEST_REST = Duration.ofSeconds(5).toNanos();

    /** With what work begins beside busy traffic. It takes seconds to see how much of it does harm. */
    private static final double GENTLE = 0.25;

    private static final long LISTEN = Duration.ofMillis(300).toNanos();
    private static final long LISTEN_AT_MOST = Duration.ofSeconds(3).toNanos();
    /** Each pause holds work up, so it does so for no more than a tenth of the time. */
    private static final long LISTEN_AGAIN = Duration.ofSeconds(3).toNanos();

    private static final Duration LISTEN_LOOK = Duration.ofMillis(25);

    private final String node;
    private final LongSupplier clock;
    private final Sleeper sleeper;
    private final boolean looksByItself;
    private final Crew crew;
    private final AppendLatency appends;
    private final Signals signals;
    private final Rate rate = new Rate();
    private final Band band;
    private final LongAdder events = new LongAdder();
    private final LongAdder busy = new LongAdder();
    private final LongAdder restedNanos = new LongAdder();

    private volatile ThrottleLimits limits;
    private volatile double share;
    private volatile boolean free;
    private volatile boolean halted;
    private volatile boolean listening;
    private volatile boolean asleep = true;
    private volatile boolean closed;
    private @Nullable Thread sampler;
    private long listenSince;
    private long listenedAt;
    private boolean rested;

    /** Sleeps, or in a test says so. */
    interface Sleeper {
        void sleep(long nanos) throws InterruptedException;
    }

    /**
     * A governor that begins to look at the signals when there is work.
     *
     * @param node name of this node
     * @param limits what to begin with
     * @param signals further signals than the latency of appends, which the governor has itself
     * @throws IllegalArgumentException when two signals have one name
     */
    public Governor(String node, ThrottleLimits limits, List<ThrottleSignal> signals) {
        this(
                node,
                limits,
                signals,
                System::nanoTime,
                nanos -> Thread.sleep(nanos / 1_000_000, (int) (nanos % 1_000_000)),
                true);
    }

    Governor(
            String node,
            ThrottleLimits limits,
            List<ThrottleSignal> signals,
            LongSupplier clock,
            Sleeper sleeper,
            boolean looksByItself) {
        this.node = node;
        this.limits = limits;
        this.clock = clock;
        this.sleeper = sleeper;
        this.looksByItself = looksByItself;
        this.crew = new Crew(clock);
        this.appends = new AppendLatency(clock, crew);
        List<ThrottleSignal> all = new ArrayList<>(appends.signals());
        all.addAll(signals);
        this.signals = new Signals(all);
        this.band = new Band(limits.maxWorkers());
        this.listenedAt = clock.getAsLong() - LISTEN_AGAIN;
        publish();
    }

    /** Where appends of this node are to be reported. */
    public AppendLatency appends() {
        return appends;
    }

    /** Whether background work of this node stands still, by a signal or by a person. */
    public boolean isStopped() {
        return halted;
    }

    /** Workers that may be busy at once now, from 1 to the greatest number configured. */
    public int workers() {
        return (int) Math.ceil(share);
    }

    /**
     * Called by the thread that has done a piece of work, and once with zeros before its first piece: blocks while a veto
     * or the operator stops work, then rests so that work takes no more than the allowed share and rate. Costs next to
     * nothing while nothing is limited.
     *
     * <p>The share is divided among all threads that call this, so it holds whether or not their number follows
     * {@link #workers}. A thread counts until it calls {@link #idle}, ends, or is not seen for half a minute.
     *
     * @param busyNanos how long the piece took
     * @param events how many events it was for
     * @throws InterruptedException when the thread is interrupted while it rests
     */
    public void pace(long busyNanos, int events) throws InterruptedException {
        pace(busyNanos, events, Duration.ofDays(1), () -> {});
    }

    /**
     * As {@link #pace(long, int)}, for work that holds something which lapses, such as a claim: a veto may last for hours.
     *
     * @param every after how long a rest something has to be done
     * @param meanwhile what has to be done then, on this thread; what it throws ends the rest
     */
    public void pace(long busyNanos, int events, Duration every, Runnable meanwhile) throws InterruptedException {
        long now = clock.getAsLong();
        int before = crew.size();
        Crew.Member me = crew.here(now);
        if (asleep) {
            wake();
        }
        if (before != crew.size()) {
            free = isFree();
        }
        this.events.add(events);
        busy.add(busyNanos);
        if (free) {
            me.owedNanos = 0;
            return;
        }
        me.owedNanos += busyNanos;
        int perSecond = limits.maxEventsPerSecond();
        me.notBefore = rate.book(events, perSecond, now - busyNanos, now);
        long begun = now;
        long last = now;
        long due = now + every.toNanos();
        boolean rests = false;
        try {
            while (true) {
                long wait = rest(me, now);
                if (wait < SHORTEST_REST) {
                    return;
                }
                if (!rests) {
                    crew.rest(me);
                    rests = true;
                }
                sleeper.sleep(Math.min(wait, STEP));
                now = clock.getAsLong();
                pay(me, now - last);
                last = now;
                if (now - begun >= LONGEST_REST) {
                    me.owedNanos = 0;
                }
                if (perSecond != limits.maxEventsPerSecond()) {
                    me.notBefore = now; // booked at a rate that does not hold any more
                }
                if (now - due >= 0) {
                    meanwhile.run();
                    due = now + every.toNanos();
                }
            }
        } finally {
            if (rests) {
                crew.work(me, now);
            }
        }
    }

    /** The calling thread has no work for now, and none of the share is kept for it; its next {@code pace} is its first. */
    public void idle() {
        crew.leave();
        free = isFree();
    }

    private long rest(Crew.Member me, long now) {
        if (halted || listening) {
            return Long.MAX_VALUE;
        }
        double duty = duty();
        double owed = duty >= 1 ? 0 : me.owedNanos * (1 / duty - 1);
        return Math.max((long) owed, me.notBefore - now);
    }

    private void pay(Crew.Member me, long nanos) {
        restedNanos.add(nanos);
        double duty = duty();
        me.owedNanos = duty >= 1 ? 0 : Math.max(-MOST_CREDIT, me.owedNanos - nanos / (1 / duty - 1));
    }

    private double duty() {
        return Math.min(1, share / Math.max(1, crew.size()));
    }

    private boolean isFree() {
        return !halted && !listening && limits.maxEventsPerSecond() == 0 && share >= crew.size();
    }

    /** The limits that hold now. */
    public ThrottleLimits limits() {
        return limits;
    }

    /** Sets other limits, which hold from the next piece of work on, also for work that rests just now. */
    public synchronized void limits(ThrottleLimits next) {
        limits = next;
        if (crew.size() == 0) {
            band.reset(next.maxWorkers());
        }
        publish();
    }

    /** What the throttle does now. Takes a look at the signals of its own while nothing works. */
    public synchronized ThrottleStatus status() {
        long now = clock.getAsLong();
        crew.prune(now);
        if (asleep || crew.size() == 0) {
            try {
                band.show(signals.read(limits, PATIENCE_OF_PEOPLE));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // the signals of the last look are shown
            }
        }
        return new ThrottleStatus(
                node,
                state(),
                Math.round(share * 1_000) / 1_000.0,
                workers(),
                crew.size(),
                band.signals(),
                vetoes(),
                limits,
                new Totals(
                        events.sum(),
                        Duration.ofNanos(busy.sum()),
                        Duration.ofNanos(restedNanos.sum()),
                        band.shrinks(),
                        band.stops()));
    }

    private State state() {
        if (halted) {
            return State.STOPPED;
        }
        if (crew.size() == 0) {
            return State.IDLE;
        }
        return listening ? State.LISTENING : free ? State.FULL : State.LIMITED;
    }

    private List<Veto> vetoes() {
        List<Veto> vetoes = new ArrayList<>();
        if (limits.stopped()) {
            vetoes.add(new Veto(OPERATOR, "stopped by hand; work goes on when somebody takes that back"));
        }
        vetoes.addAll(band.vetoes());
        return vetoes;
    }

    /** Takes one look at all signals and decides. */
    synchronized void look() throws InterruptedException {
        crew.prune(clock.getAsLong());
        List<Heard> heard = signals.read(limits, looksByItself ? PATIENCE : PATIENCE_OF_PEOPLE);
        long now = clock.getAsLong();
        // While work rests for another reason than a signal, what is heard says nothing about it.
        boolean rests = listening || limits.stopped();
        if (rests) {
            band.show(heard);
            rested = true;
        } else if (rested) {
            band.show(heard);
            workChanged(now);
            rested = false;
        } else {
            decide(heard, now);
        }
        listen(now);
        publish();
    }

    private void decide(List<Heard> heard, long now) {
        boolean wasStopped = !band.vetoes().isEmpty();
        if (band.decide(heard, limits.maxWorkers(), crew.size(), now)) {
            workChanged(now);
        }
        boolean isStopped = !band.vetoes().isEmpty();
        if (isStopped && !wasStopped) {
            log.info("Background work stops: {}", band.vetoes());
        } else if (wasStopped && !isStopped) {
            log.info("Background work goes on");
        }
    }

    private void workChanged(long now) {
        appends.workChanged(now, !band.vetoes().isEmpty());
    }

    /** Lets the work rest for as short a time as it takes to hear how long appends take without it. */
    private void listen(long now) {
        if (listening) {
            long quietSince = crew.quietSince();
            boolean heard = quietSince != Crew.BUSY && (now - quietSince >= LISTEN || appends.heardQuiet(quietSince));
            if (heard || now - listenSince >= LISTEN_AT_MOST) {
                listening = false;
                listenedAt = now;
                rested = false;
                workChanged(now);
            }
        } else if (limits.liveLatencyRatio() > 0
                && crew.size() > 0
                && !limits.stopped()
                && band.vetoes().isEmpty()
                && now - listenedAt >= LISTEN_AGAIN
                && appends.wantsQuiet(now)) {
            listening = true;
            listenSince = now;
        }
    }

    private synchronized void listenOn() {
        listen(clock.getAsLong());
        publish();
    }

    private void publish() {
        share = band.share();
        halted = limits.stopped() || !band.vetoes().isEmpty();
        free = isFree();
    }

    private synchronized void wake() {
        if (closed || !asleep) {
            return;
        }
        asleep = false;
        long now = clock.getAsLong();
        band.reset(appends.busy(now) ? Math.min(GENTLE, limits.maxWorkers()) : limits.maxWorkers());
        workChanged(now);
        publish();
        if (!looksByItself) {
            return;
        }
        if (sampler == null) {
            sampler = new Thread(this::run, "changeover-throttle");
            sampler.setDaemon(true);
            sampler.start();
        } else {
            LockSupport.unpark(sampler);
        }
    }

    private void run() {
        while (!closed) {
            try {
                look();
                while (listening) {
                    Thread.sleep(LISTEN_LOOK.toMillis());
                    listenOn();
                }
                if (fallsAsleep()) {
                    while (asleep && !closed) {
                        LockSupport.park(this);
                    }
                } else {
                    Thread.sleep(LOOK.toMillis()); // signals are looked at, they do not call
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                log.error("The throttle could not look at its signals; it tries again", e);
                LockSupport.parkNanos(LOOK.toNanos());
            }
        }
    }

    private synchronized boolean fallsAsleep() {
        asleep = crew.size() == 0;
        if (asleep) {
            band.reset(limits.maxWorkers());
            workChanged(clock.getAsLong());
            listening = false;
            publish();
        }
        return asleep;
    }

    /** Ends the thread that looks at signals. Work that rests because of a veto goes on resting until it is interrupted. */
    @Override
    public void close() {
        closed = true;
        signals.close();
        Thread running;
        synchronized (this) {
            running = sampler;
        }
        if (running != null) {
            running.interrupt();
        }
    }
}
