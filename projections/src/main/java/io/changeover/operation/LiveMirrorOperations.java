package io.changeover.operation;

import io.changeover.mirror.MirrorLedger;
import io.changeover.mirror.MirrorState;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The mirror as the database has it; the nodes that carry it follow. Safe for use by several threads. */
public final class LiveMirrorOperations implements MirrorOperations {

    private static final Logger LOG = LoggerFactory.getLogger(LiveMirrorOperations.class);

    private final MirrorLedger ledger;

    /** The verbs over the ledger. */
    public LiveMirrorOperations(MirrorLedger ledger) {
        this.ledger = ledger;
    }

    @Override
    public MirrorState mirror() {
        return ledger.state();
    }

    @Override
    public MirrorState skip(int partition, long offset, Request request) {
        MirrorState state = ledger.state();
        if (request.reason().isBlank()) {
            throw new OperationRefusedException(
                    "reason-missing",
                    "No reason is given, and it is all that will tell why the views here miss a record of topic '%s'; give one"
                            .formatted(state.topic()));
        }
        if (!ledger.waitsAt(partition, offset)) {
            throw new OperationRefusedException(
                    "mirror-does-not-wait",
                    "The mirror of topic '%s' does not wait at record %d of partition %d but %s; only the record that holds it up can be left out"
                            .formatted(state.topic(), offset, partition, why(state)));
        }
        DryRun run = request.dryRun();
        if (run != null) {
            run.would("leave record out", Map.of("partition", partition, "offset", offset));
            return state;
        }
        ledger.skip(partition, offset, request.actor(), request.reason());
        LOG.info(
                "Topic {} is carried on without record {} of partition {} by {}: {}",
                state.topic(),
                offset,
                partition,
                request.actor(),
                request.reason());
        return ledger.state();
    }

    private static String why(MirrorState state) {
        return state.failure() == null
                ? "gets on at position %d".formatted(state.position())
                : "says: " + state.failure();
    }

    @Override
    public MirrorState restart(Request request) {
        MirrorState state = ledger.state();
        if (state.failure() == null) {
            throw new OperationRefusedException(
                    "mirror-gets-on",
                    "The mirror of topic '%s' gets on at position %d, so nothing is there to begin again; look at it with 'changeover mirror'"
                            .formatted(state.topic(), state.position()));
        }
        DryRun run = request.dryRun();
        if (run != null) {
            run.would("carry the topic from its beginning", Map.of("topic", state.topic()));
            return state;
        }
        ledger.restart();
        LOG.info("Topic {} is carried from its beginning again, by {}", state.topic(), request.actor());
        return ledger.state();
    }
}
