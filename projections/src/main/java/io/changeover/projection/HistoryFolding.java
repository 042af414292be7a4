package io.changeover.projection;

import io.changeover.event.StoredEvent;
import io.changeover.view.FoldedVersion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;

/**
 * Builds the rows of one version from history: folds in memory and, at each checkpoint, commits rows, letters and token
 * together. Not safe for use by several threads; the claim on the tokens keeps other nodes away.
 */
public final class HistoryFolding {

    private final FoldedVersion version;
    private final Folding folding;
    private final VersionStorage storage;
    private final ProjectionStore store;
    private final ProjectionOptions options;
    private final Map<String, String> refused = new HashMap<>();

    private WorkingSet set;
    private BiConsumer<WorkingSet, Set<Object>> loader;
    private int[] segments = {};
    private long committed;

    HistoryFolding(
            FoldedVersion version,
            Folding folding,
            VersionStorage storage,
            ProjectionStore store,
            ProjectionOptions options) {
        this.version = version;
        this.folding = folding;
        this.storage = storage;
        this.store = store;
        this.options = options;
        this.set = new WorkingSet(version, refused);
        this.loader = storage::load;
    }

    /**
     * Makes the table and claims the tokens.
     *
     * @return position that is committed, from which to go on
     * @throws UnableToClaimTokenException when another node holds a claim; a retry helps once that node is done or dead
     * @throws RowTableMismatchException when the row record has changed since the version was begun
     */
    public long begin() {
        String name = version.id().toString();
        TokenStore tokens = store.tokens();
        store.transactions().executeWithoutResult(transaction -> {
            storage.table().create(store.jdbc());
            if (tokens.fetchSegments(name).length == 0) {
                tokens.initializeTokenSegments(name, options.segments(), new GlobalSequenceTrackingToken(0));
            }
        });
        committed = Objects.requireNonNull(store.transactions().execute(transaction -> {
            segments = tokens.fetchSegments(name);
            long low = Long.MAX_VALUE;
            for (int segment : segments) {
                TrackingToken token = tokens.fetchToken(name, segment);
                low = Math.min(low, token == null ? 0 : token.position().orElse(0));
            }
            return low;
        }));
        if (committed == 0) {
            // Nothing is stored yet, so a home that is not in memory does not exist.
            loader = (into, homes) -> into.learn(homes, List.of(), Set.of());
        }
        return committed;
    }

    /** Folds events that follow on what was folded before. */
    public void fold(List<StoredEvent> events) {
        folding.fold(events, set, home -> true, loader);
    }

    /** Rows held in memory. */
    public int rowsInMemory() {
        return set.size();
    }

    /**
     * Commits everything folded since the last checkpoint.
     *
     * @param position position up to which events were folded
     * @return the position that is committed now. It is that of the last checkpoint when the database has refused a row:
     *     nothing was written, and folding must go on from there; the home of the row will be parked.
     */
    public long checkpoint(long position) {
        Map<String, String> more = Objects.requireNonNull(store.transactions().execute(transaction -> {
            storeToken(position);
            Map<String, String> culprits = storage.write(set, true);
            if (!culprits.isEmpty()) {
                transaction.setRollbackOnly();
            }
            return culprits;
        }));
        if (!more.isEmpty()) {
            refused.putAll(more);
            forgetRows();
            return committed;
        }
        set.written();
        committed = position;
        return committed;
    }

    /** Frees the memory of rows that are committed; they are read back when they are needed. */
    public void forgetRows() {
        set = new WorkingSet(version, refused);
        loader = storage::load;
    }

    /** Builds indexes and statistics, gives the claims back and leaves the version ready for live processing. */
    public void finish() {
        storage.table().createIndexes(store.jdbc());
        release();
    }

    /** Gives the claims back. */
    public void release() {
        store.transactions().executeWithoutResult(transaction -> {
            for (int segment : segments) {
                store.tokens().releaseClaim(version.id().toString(), segment);
            }
        });
    }

    private void storeToken(long position) {
        for (int segment : segments) {
            store.tokens()
                    .storeToken(
                            new GlobalSequenceTrackingToken(position),
                            version.id().toString(),
                            segment);
        }
    }
}
