package io.changeover.parity;

import io.changeover.parity.Side.Read;
import io.changeover.view.RowKey;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides about pairs of rows that were read in one snapshot. Whatever finds the pairs, the canonical forms judge here. */
final class Judge {

    private final Side left;
    private final Side right;
    private final Set<String> inFlight;
    private final Set<String> parked;
    private final Tally tally;
    private final @Nullable Set<String> doubtful;
    private long pairs;
    private long onlyLeft;

    private Judge(Snapshot snapshot, Tally tally, @Nullable Set<String> doubtful) {
        this.left = snapshot.leftSide();
        this.right = snapshot.rightSide();
        this.inFlight = snapshot.inFlight();
        this.parked = snapshot.parked();
        this.tally = tally;
        this.doubtful = doubtful;
    }

    /** One that says what it finds. */
    static Judge of(Snapshot snapshot, Tally tally) {
        return new Judge(snapshot, tally, null);
    }

    /** One that only gathers the homes of rows that are not the same, because they are to be looked at again. */
    static Judge doubting(Snapshot snapshot, Tally tally) {
        return new Judge(snapshot, tally, new HashSet<>());
    }

    /** Takes the row of each side, or null where it has none; at least one is there. */
    void pair(@Nullable Read mine, @Nullable Read theirs) {
        RowKey key = Objects.requireNonNull(mine != null ? mine : theirs).key();
        if (theirs == null) {
            onlyLeft++;
        }
        String home = key.homeText();
        if (inFlight.contains(home) || parked.contains(home)) {
            return;
        }
        if (mine != null && theirs != null) {
            pairs++;
            Object record = left.canonical(mine.row());
            Object other = right.canonical(theirs.row());
            if (doubtful != null
                    && !left.version()
                            .canonical()
                            .equality()
                            .differing(record, other)
                            .isEmpty()) {
                doubtful.add(home);
            } else {
                tally.both(key, record, other);
            }
        } else if (doubtful != null) {
            doubtful.add(home);
        } else if (mine != null) {
            tally.onlyLeft(key, left.canonical(mine.row()));
        } else {
            tally.onlyRight(key, right.canonical(Objects.requireNonNull(theirs).row()));
        }
    }

    /** Says that there were further pairs that are equal. */
    void equalPairs(long rows) {
        tally.equal(rows);
    }

    /** Pairs that it has judged. */
    long pairs() {
        return pairs;
    }

    /** Rows that only the left side has, judged or not. */
    long onlyLeft() {
        return onlyLeft;
    }

    /** Homes to be looked at again. */
    Set<String> doubtful() {
        return doubtful == null ? Set.of() : doubtful;
    }
}
