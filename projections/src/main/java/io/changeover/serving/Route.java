package io.changeover.serving;

import io.changeover.changeover.ChangeoverState;
import io.changeover.changeover.ChangeoverState.Attempt;
import io.changeover.changeover.Disposal;
import io.changeover.changeover.Pin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * How calls of one view are routed, worked out once for each state so that a call allocates nothing. Immutable but for
 * what is counted.
 */
final class Route {

    final ChangeoverState state;
    final long sequence;

    private final List<Decision> decisions = new ArrayList<>();
    private final Map<Integer, Decision> overrides = new HashMap<>();
    private final Map<Integer, Decision> fresh = new HashMap<>();
    private final Map<String, Decision> principals = new HashMap<>();
    private final Map<String, Decision> tenants = new HashMap<>();
    private final @Nullable Decision configured;
    private final @Nullable VersionFlags flags;
    private final Decision fallback;
    private final Decision staying;
    private final Decision moved;
    private final Decision flaggedStaying;
    private final Decision flaggedMoved;
    private final int threshold;
    private final int seed;
    private final int shadowThreshold;
    private final boolean open;
    private final boolean pinned;

    Route(ChangeoverState state, long sequence, ViewSettings settings, @Nullable VersionFlags flags) {
        this.state = state;
        this.sequence = sequence;
        this.flags = flags;
        this.seed = Cohort.seed(state.view());
        Integer serve = settings.serve();
        Attempt attempt = state.open();
        boolean ready = attempt != null && attempt.phase().backfilled();
        int from = attempt == null ? state.serving() : attempt.from();
        int to = attempt == null ? state.serving() : attempt.to();
        int percent = attempt == null ? 0 : attempt.percent();
        int shadowOfOld = ready ? to : Decision.NONE;
        int shadowOfNew = ready ? from : Decision.NONE;
        int back = ready ? from : Decision.NONE;
        this.open = percent > 0 && percent < 100;
        this.threshold = percent * (Cohort.COUNT / 100);
        this.shadowThreshold = (int) Math.round(Math.min(1, Math.max(0, settings.shadowShare())) * Integer.MAX_VALUE);
        // A version that was given up may be gone, and nobody vouches for what it shows.
        this.configured = serve == null || state.disposals().containsKey(serve)
                ? null
                : decision(serve, Reason.CONFIGURATION, Decision.NONE, Decision.NONE);
        Reason plain = open ? Reason.COHORT : Reason.SERVING;
        this.staying = decision(from, plain, Decision.NONE, shadowOfOld);
        this.moved = percent == 0 ? staying : decision(to, plain, back, shadowOfNew);
        this.flaggedStaying = decision(from, Reason.FLAG, Decision.NONE, shadowOfOld);
        this.flaggedMoved = decision(to, Reason.FLAG, back, shadowOfNew);
        this.fallback = decision(from, Reason.FALLBACK, Decision.NONE, Decision.NONE);
        state.pins().forEach((pin, version) -> {
            boolean isNew = version != from;
            (pin.kind() == Pin.Kind.PRINCIPAL ? principals : tenants)
                    .put(
                            pin.value(),
                            decision(
                                    version,
                                    pin.kind() == Pin.Kind.PRINCIPAL ? Reason.PRINCIPAL : Reason.TENANT,
                                    isNew ? back : Decision.NONE,
                                    isNew ? shadowOfNew : shadowOfOld));
        });
        this.pinned = !state.pins().isEmpty();
        for (int version : to == from ? new int[] {from} : new int[] {from, to}) {
            fresh.put(version, decision(version, Reason.FRESHNESS, Decision.NONE, Decision.NONE));
        }
    }

    private Decision decision(int version, Reason reason, int back, int shadow) {
        Decision decision = new Decision(version, reason, back, shadow);
        decisions.add(decision);
        return decision;
    }

    /** Who answers the call. Allocates nothing but for overrides and flags of the team's own. */
    Decision decide(@Nullable Reader reader, @Nullable String key) {
        if (configured != null) {
            return configured;
        }
        if (reader != null) {
            if (!reader.overrides().isEmpty()) {
                Integer version = reader.overrides().get(state.view());
                if (version != null) {
                    return overridden(version);
                }
            }
            if (pinned) {
                Decision pin = pinOf(reader);
                if (pin != null) {
                    return pin;
                }
            }
        }
        if (!open) {
            return moved;
        }
        int cohort = cohort(key);
        if (flags != null) {
            Decision flagged = flagged(flags, reader, key, cohort);
            if (flagged != null) {
                return flagged;
            }
        }
        return cohort < threshold ? moved : staying;
    }

    int cohort(@Nullable String key) {
        return key == null ? Cohort.COUNT - 1 : Cohort.of(seed, key);
    }

    private @Nullable Decision pinOf(Reader reader) {
        Decision pin = reader.principal() == null ? null : principals.get(reader.principal());
        return pin != null || reader.tenant() == null ? pin : tenants.get(reader.tenant());
    }

    private synchronized Decision overridden(int version) {
        Disposal disposal = state.disposals().get(version);
        if (disposal != null) {
            throw new NotServedException(state.view(), version, disposal);
        }
        return overrides.computeIfAbsent(
                version, number -> decision(number, Reason.OVERRIDE, Decision.NONE, Decision.NONE));
    }

    private @Nullable Decision flagged(VersionFlags asked, @Nullable Reader reader, @Nullable String key, int cohort) {
        Attempt attempt = state.open();
        if (attempt == null) {
            return null;
        }
        OptionalInt version = asked.choose(new FlagQuestion(
                state.view(),
                attempt.from(),
                attempt.to(),
                attempt.percent(),
                key,
                cohort,
                reader == null ? null : reader.principal(),
                reader == null ? null : reader.tenant()));
        if (version.isEmpty()) {
            return null;
        }
        if (version.getAsInt() == attempt.to()) {
            return flaggedMoved;
        }
        return version.getAsInt() == attempt.from() ? flaggedStaying : null;
    }

    /** Whether some calls of the decision are asked of the other version too. */
    boolean shadows(Decision decision) {
        return decision.shadow != Decision.NONE && shadowThreshold > 0;
    }

    /** Whether this call is one of those that the other version is asked too. */
    boolean samples(Decision decision) {
        return shadows(decision) && ThreadLocalRandom.current().nextInt() >>> 1 < shadowThreshold;
    }

    Decision fallback() {
        return fallback;
    }

    /** That a version answers because it has come far enough. */
    Decision fresh(int version) {
        Decision decision = fresh.get(version);
        if (decision == null) {
            throw new IllegalArgumentException("Version %d does not take part in the route".formatted(version));
        }
        return decision;
    }

    /** Versions that may answer in place of the one that was to, when that has not come far enough. */
    List<Integer> instead(Decision decision) {
        if (decision.reason == Reason.COHORT || decision.reason == Reason.FLAG || decision.reason == Reason.SERVING) {
            Attempt attempt = state.open();
            if (attempt != null && attempt.percent() > 0) {
                return List.of(decision.version == attempt.to() ? attempt.from() : attempt.to());
            }
        }
        return List.of();
    }

    /** What was counted since the last time. */
    synchronized List<ReadTally> tallies() {
        List<ReadTally> tallies = new ArrayList<>();
        for (Decision decision : decisions) {
            decision.answered().forEach((ReaderIdentity identity, LongAdder calls) -> {
                long count = calls.sumThenReset();
                if (count > 0) {
                    tallies.add(
                            new ReadTally(state.view(), decision.version, decision.reason, sequence, identity, count));
                }
            });
        }
        return tallies;
    }
}
