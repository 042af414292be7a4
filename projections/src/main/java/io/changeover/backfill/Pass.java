package io.changeover.backfill;

import io.changeover.backfill.BackfillProgress.State;
import io.changeover.backfill.Member.Wish;
import io.changeover.projection.HistoryFolding;
import io.changeover.projection.SegmentClaim;
import io.changeover.projection.VersionState;
import io.changeover.projection.VersionState.Stage;
import io.changeover.stream.HistoryOutline;
import io.changeover.trace.LogFields;
import io.changeover.view.VersionId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Builds some versions with one reading of the store. Versions may come in and leave at every checkpoint. One thread runs
 * it; others may ask to join and for the position.
 */
final class Pass implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Pass.class);

    /** A version that is behind by less than this share of history may join: the others wait for it that long. */
    private static final int JOIN_WITHIN = 10;

    private final Engine engine;
    private final Stages stages = new Stages();
    private final List<Member> joining = new ArrayList<>();
    private final List<Member> members = new ArrayList<>();
    private long horizon;
    private boolean closed;

    /** Those whose claims this node has; more than are read for while others are still to be claimed. */
    private final Set<Member> held = ConcurrentHashMap.newKeySet();

    private volatile @Nullable Reading reading;

    Pass(Engine engine, Collection<Member> first) {
        this.engine = engine;
        joining.addAll(first);
    }

    /** Takes the version in, if it is not too far behind. */
    synchronized boolean join(Member member, long from) {
        Reading current = reading;
        long ahead = current == null ? 0 : current.position() - from;
        if (closed || ahead > horizon / JOIN_WITHIN) {
            return false;
        }
        joining.add(member);
        return true;
    }

    private synchronized boolean somebodyJoins() {
        return !joining.isEmpty();
    }

    /** Takes those in that wait, or closes the door when there is nobody left to work for. */
    private synchronized List<Member> admitted() {
        List<Member> admitted = List.copyOf(joining);
        joining.clear();
        closed = members.isEmpty() && admitted.isEmpty();
        return admitted;
    }

    @Override
    public void run() {
        try {
            while (true) {
                List<Member> admitted = admitted();
                if (closed) {
                    return;
                }
                begin(admitted);
                members.forEach(Pass::giveUpSurplus);
                if (!members.isEmpty()) {
                    read();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            leaveAll(e, member -> member.state(State.PAUSED));
        } catch (RuntimeException | Error e) {
            leaveAll(e, member -> fail(member, e));
        } finally {
            reading = null;
        }
    }

    private void leaveAll(Throwable cause, Consumer<Member> how) {
        List<Member> all = new ArrayList<>(members);
        members.clear();
        synchronized (this) {
            closed = true;
            all.addAll(joining);
            joining.clear();
        }
        all.forEach(member -> {
            how.accept(member);
            engine.building().decrementAndGet();
            release(member);
            member.result().completeExceptionally(cause);
        });
    }

    private void begin(List<Member> admitted) throws InterruptedException {
        if (admitted.isEmpty()) {
            return;
        }
        List<Member> claimed = claim(admitted);
        members.addAll(claimed);
        Map<Member, Long> reachedBefore = reachedOrLeft(claimed);
        if (members.isEmpty()) {
            return;
        }
        horizon = engine.stream().horizon();
        Set<String> stored = engine.inventory().refresh().stream()
                .map(entry -> entry.revision().name())
                .collect(Collectors.toSet());
        for (Member member : members) {
            long from = member.folding().committed();
            boolean isNew = reachedBefore.containsKey(member);
            long reached = reachedBefore.getOrDefault(member, from);
            Set<String> wanted = member.folding().wanted(stored);
            member.begun(from, horizon, wanted);
            boolean says = member.folding().isWhole() || stage(member.version()) != Stage.BACKFILLING;
            if (says && !engine.states().advance(member.version(), Stage.BACKFILLING, horizon, member.seen())) {
                member.leave(); // stopped by another node since this one has the claim
            }
            member.seen(Stage.BACKFILLING);
            member.joined();
            HistoryOutline all = engine.inventory().outline(0, horizon, wanted);
            long before = engine.inventory().outline(0, from, wanted).events();
            long again = engine.inventory()
                    .outline(from, Math.min(horizon, reached), wanted)
                    .events();
            member.measured(all.events(), before, again);
            if (isNew) {
                LOG.info(
                        "Backfill of {} begins at position {} of {}: {} of {} events are to be folded, {} of them once more",
                        member.version(),
                        from,
                        horizon,
                        all.events() - before,
                        all.events(),
                        again);
            }
        }
    }

    /**
     * Leaves those that another node has built between the look at them and the claim; from here on nobody else can.
     *
     * @return up to which position the others have been read before
     */
    private Map<Member, Long> reachedOrLeft(List<Member> claimed) {
        Map<Member, Long> reached = new HashMap<>();
        for (Member member : claimed) {
            VersionState state = engine.states().find(member.version()).orElse(null);
            if (state != null && state.stage().isBuilt()) {
                release(member);
                followBuilt(member, state.stage());
                members.remove(member);
                engine.building().decrementAndGet();
            } else {
                reached.put(member, state == null ? 0 : state.reached());
            }
        }
        return reached;
    }

    /**
     * Claims the versions. Those that another node has are left to a pass of their own, which waits for them, so that they
     * hold nobody up; a pass that has nothing else to do waits here.
     */
    private List<Member> claim(List<Member> admitted) throws InterruptedException {
        List<Member> waiting = new ArrayList<>(admitted);
        List<Member> claimed = new ArrayList<>();
        List<Member> free = List.copyOf(waiting);
        boolean told = false;
        while (!waiting.isEmpty()) {
            for (Member member : free) {
                Claim claim = claim(member);
                if (claim == Claim.MINE) {
                    held.add(member);
                    claimed.add(member);
                }
                if (claim != Claim.ELSEWHERE) {
                    waiting.remove(member);
                }
            }
            if (!waiting.isEmpty()) {
                if (!claimed.isEmpty() || !members.isEmpty() || somebodyJoins()) {
                    engine.elsewhere().accept(List.copyOf(waiting));
                    break;
                }
                if (!told && !engine.options().enabled()) {
                    told = true;
                    waiting.forEach(member -> LOG.info(
                            "Backfill of {} waits for a node that builds versions, which this one does not (changeover.backfill.enabled)",
                            member.version()));
                } else if (!told) {
                    told = true;
                    waiting.forEach(member -> LOG.info(
                            "Backfill of {} waits for node {}, which has the claim; it is taken over once that is given back or lapses",
                            member.version(),
                            engine.projections().claimedBy(member.version()).orElse("that was there before")));
                }
                Thread.sleep(Engine.CLAIM_PAUSE.toMillis()); // nothing tells when a claim of another node lapses
                free = free(waiting);
            }
        }
        return claimed;
    }

    /** Those that another node has built or left meanwhile. Two statements, however many there are that wait. */
    private List<Member> free(List<Member> waiting) {
        Map<VersionId, List<SegmentClaim>> claims;
        Map<VersionId, VersionState> states;
        try {
            claims = engine.projections().claims();
            states = engine.states().all();
        } catch (DataAccessException e) {
            LOG.debug("Who has the claims could not be asked, and is asked again", e);
            return List.of(); // another node builds them, so nothing of them has failed
        }
        return waiting.stream()
                .filter(member -> member.wish() != Wish.GO_ON
                        || hasRoom(claims.getOrDefault(member.version(), List.of()))
                        || isOver(states.get(member.version())))
                .toList();
    }

    /** Whether nobody has it, or there may be a part of it for this node. */
    private static boolean hasRoom(List<SegmentClaim> claims) {
        return claims.size() > 1 || claims.stream().allMatch(claim -> claim.owner() == null);
    }

    private static boolean isOver(@Nullable VersionState state) {
        return state != null && (state.stage().isBuilt() || state.stage().isStopped());
    }

    private enum Claim {
        MINE,
        ELSEWHERE,
        OVER
    }

    private Claim claim(Member member) {
        VersionId version = member.version();
        try {
            VersionState state = engine.states().find(version).orElse(null);
            Stage stage = state == null ? null : state.stage();
            if (stage != null && stage.isBuilt()) {
                followBuilt(member, stage); // another node was quicker
            } else if (stage != null && endsWaiting(member, stage)) {
                stopWaiting(member); // where it stands and why, the others have said
            } else {
                member.seen(stage);
                begin(member, state);
                return Claim.MINE; // what a person wishes of it is heard before anything is read
            }
        } catch (UnableToClaimTokenException e) {
            if (member.wish() == Wish.GO_ON) {
                return Claim.ELSEWHERE;
            }
            stopElsewhere(member);
        } catch (RuntimeException e) {
            fail(member, e);
            member.result().completeExceptionally(e);
        }
        if (member.hasAsked()) {
            engine.shares().asked(version);
        }
        engine.building().decrementAndGet();
        return Claim.OVER;
    }

    /** Whether it was stopped since this node came to it or was asked to build it. */
    private boolean endsWaiting(Member member, Stage stage) {
        return stage.isStopped()
                ? member.hasJoined() || !member.isSeenStopped()
                : stage == Stage.FAILED
                        && member.hasJoined()
                        && !engine.options().enabled();
    }

    /** Others that build it hear that by its stage. */
    private void stopElsewhere(Member member) {
        VersionId version = member.version();
        Wish wish = member.wish();
        try {
            boolean stopped = wish == Wish.LEAVE // the stage says so already
                    || (wish == Wish.CANCEL
                            ? engine.cancel(version)
                            : engine.states().stop(version, Stage.PAUSED));
            Stage stage = stopped ? null : stage(version);
            if (stage != null) {
                followBuilt(member, stage); // built in this moment, so there is nothing to stop any more
                return;
            }
            member.state(wish == Wish.CANCEL ? State.CANCELLED : State.PAUSED);
        } catch (RuntimeException e) {
            fail(member, e);
        }
        member.result().completeExceptionally(stopped(member));
    }

    private void followBuilt(Member member, Stage stage) {
        engine.projections().startLive(member.version());
        member.state(stage == Stage.LIVE ? State.DONE : State.INCOMPLETE);
        member.result().complete(member.horizon());
    }

    private static void stopWaiting(Member member) {
        member.state(State.PAUSED);
        member.result().completeExceptionally(stopped(member));
    }

    /** Claims what this node is to build of the version, or asks those that have it for a part. */
    private void begin(Member member, @Nullable VersionState state) {
        VersionId version = member.version();
        boolean open = state != null && !state.stage().isStopped();
        if (state != null && state.stage() == Stage.CANCELLED) {
            engine.discardCancelled(version); // in case that was cut off
        }
        if (!engine.options().enabled()) {
            if (state == null || (state.stage() != Stage.BACKFILLING && !member.hasJoined())) {
                long upTo = engine.stream().horizon();
                var unused =
                        engine.states().advance(version, Stage.BACKFILLING, upTo, member.seen()); // others see that
            }
            member.joined();
            throw new UnableToClaimTokenException("This node leaves %s to others".formatted(version));
        }
        List<SegmentClaim> claims = engine.projections().claims(version);
        if (claims.isEmpty()) {
            member.folding().make();
            claims = engine.projections().claims(version);
        }
        Shares.Part part = engine.shares()
                .part(version, claims, open ? Objects.requireNonNull(state).horizon() : Long.MAX_VALUE);
        try {
            if (part.segments().isEmpty()) {
                throw new UnableToClaimTokenException("Others have what is left of %s".formatted(version));
            }
            member.folding().make();
            member.folding().begin(part.segments(), part.all());
        } catch (UnableToClaimTokenException e) {
            if (open) {
                member.joined();
            }
            if (claims.size() > 1 && member.isToAsk()) {
                engine.shares().ask(version);
            }
            throw e;
        }
        if (member.hasAsked()) {
            engine.shares().asked(version);
        }
    }

    private @Nullable Stage stage(VersionId version) {
        return engine.states().find(version).map(VersionState::stage).orElse(null);
    }

    private static void giveUpSurplus(Member member) {
        int surplus = member.surplus();
        if (surplus > 0) {
            member.surplus(0);
            member.folding().giveUp(surplus);
            LOG.info(
                    "This node leaves {} segments of {}, from position {} on, to other nodes that asked for a part of its backfill",
                    surplus,
                    member.version(),
                    member.folding().committed());
        }
    }

    private void read() throws InterruptedException {
        Reading current = new Reading(engine, members, horizon, stages, this::isDisturbed);
        reading = current;
        for (Member member : members) {
            HistoryFolding folding = member.folding();
            member.partOf(
                    () -> stages.times(folding.loadNanos()),
                    () -> current.bottleneck(folding.loadNanos()),
                    members.size());
        }
        Reading.End end = current.run();
        for (Member member : current.leaving()) {
            members.remove(member);
            leave(member);
        }
        if (end == Reading.End.AT_HORIZON) {
            List<Member> built = List.copyOf(members);
            members.clear();
            built.forEach(member -> {
                if (member.folding().isWhole()) {
                    finish(member);
                } else {
                    goOnElsewhere(member);
                }
            });
        } else if (end == Reading.End.REFUSED) {
            for (Member member : members) {
                member.folding().reset();
                member.backTo(engine.inventory()
                        .outline(0, member.folding().committed(), member.wanted())
                        .events());
            }
        }
    }

    /** This node's part is built: it takes more of what is left, or waits until others have built theirs. */
    private void goOnElsewhere(Member member) {
        LOG.info(
                "This node has built its part of {} up to position {}; it goes on with what is left of others, if there is any",
                member.version(),
                horizon);
        release(member);
        member.partDone();
        synchronized (this) {
            joining.add(member);
        }
    }

    private boolean isDisturbed() {
        return somebodyJoins()
                || members.stream()
                        .anyMatch(member -> member.wish() != Wish.GO_ON || member.isOver() || member.surplus() > 0);
    }

    private void leave(Member member) {
        engine.building().decrementAndGet();
        try {
            if (member.isOver()) {
                fail(member, new BackfillFailedException(String.valueOf(member.failure())));
            } else if (member.wish() == Wish.CANCEL) {
                release(member);
                member.state(engine.cancel(member.version()) ? State.CANCELLED : State.PAUSED);
            } else if (member.wish() == Wish.LEAVE) {
                member.state(State.PAUSED);
            } else if (member.wish() == Wish.PAUSE) {
                engine.states().put(member.version(), Stage.PAUSED, horizon, null);
                member.state(State.PAUSED);
            } else {
                fail(
                        member,
                        new BackfillFailedException(
                                "%d events of '%s' wait as dead letters, and the limit is %d, so the backfill is given up at position %d; the first says: %s; mend the cause, then ask for the backfill again, or raise changeover.backfill.max-dead-letters"
                                        .formatted(
                                                member.folding().letters(),
                                                member.version(),
                                                engine.options().maxDeadLetters(),
                                                member.folding().committed(),
                                                member.folding().firstCause())));
            }
        } catch (RuntimeException e) {
            fail(member, e);
        }
        release(member);
        member.result().completeExceptionally(stopped(member));
    }

    private static BackfillFailedException stopped(Member member) {
        String failure = member.failure();
        return failure == null
                ? BackfillFailedException.stopped(member.version())
                : new BackfillFailedException(
                        "the backfill of '%s' was stopped: %s".formatted(member.version(), failure));
    }

    private void finish(Member member) {
        VersionId version = member.version();
        LogFields fields = LogFields.of(version).upTo(horizon);
        try {
            long start = System.nanoTime();
            member.state(State.INDEXING);
            member.folding().buildIndexes();
            stages.index().addAndGet(System.nanoTime() - start);
            member.folding().extendClaims(); // or another node builds it by now
            boolean complete = member.folding().letters() == 0;
            boolean built =
                    engine.states().advance(version, complete ? Stage.LIVE : Stage.INCOMPLETE, horizon, member.seen());
            release(member);
            if (!built) { // stopped by another node in this moment
                stopWaiting(member);
                return;
            }
            engine.projections().startLive(version);
            member.state(complete ? State.DONE : State.INCOMPLETE);
            member.result().complete(horizon);
        } catch (RuntimeException e) {
            fail(member, e);
            release(member);
            member.result().completeExceptionally(e);
        } finally {
            fields.close();
            engine.building().decrementAndGet();
        }
    }

    private void fail(Member member, Throwable cause) {
        LogFields fields = LogFields.of(member.version()).upTo(member.folding().committed());
        LOG.error(
                "The backfill of {} has stopped; it resumes at its last checkpoint when asked for again",
                member.version(),
                cause);
        fields.close();
        if (member.isLost() || cause instanceof UnableToClaimTokenException) {
            member.lost(cause);
            return; // another node has it now, and says where it stands
        }
        member.failed(cause);
        try {
            engine.states().put(member.version(), Stage.FAILED, member.horizon(), member.failure());
        } catch (RuntimeException e) {
            // The database is away; the stage stays as it is, so the next start of a node resumes.
            LOG.warn("The failed backfill of {} could not be recorded", member.version(), e);
        }
    }

    private void release(Member member) {
        held.remove(member);
        try {
            member.folding().release();
        } catch (RuntimeException e) {
            LOG.warn("The claim on {} could not be given back; it lapses by itself", member.version(), e);
        }
    }

    /** What others ask of a version that this node builds with them, or alone. */
    private void heed(Member member) {
        VersionState state = engine.states().find(member.version()).orElse(null);
        if (state != null && state.stage().isStopped()) {
            member.leave();
        } else if (state != null && member.folding().segments() > 1) {
            member.surplus(engine.shares()
                    .surplus(member.version(), engine.projections().claims(member.version()), state.horizon()));
        }
    }

    /** Keeps the claims, and remembers how far the work has come. Called from time to time by another thread. */
    void heartbeat() {
        Reading current = reading;
        for (Member member : held) {
            if (member.isOver()) {
                continue;
            }
            try {
                member.folding().extendClaims();
                if (current != null && current.members().contains(member)) {
                    engine.states().reached(member.version(), Math.min(current.position(), horizon));
                    heed(member);
                }
            } catch (UnableToClaimTokenException e) {
                member.lost(e); // the others go on
            } catch (RuntimeException e) {
                LOG.warn("The claim on {} could not be extended", member.version(), e);
            }
        }
    }
}
