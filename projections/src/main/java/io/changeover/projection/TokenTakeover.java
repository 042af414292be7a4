package io.changeover.projection;

import io.changeover.view.HandlerVersion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.axonframework.config.Configuration;
import org.axonframework.config.EventProcessingModule;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.async.SequencingPolicy;
import org.axonframework.eventhandling.async.SequentialPerAggregatePolicy;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.jspecify.annotations.Nullable;

/**
 * Moves the tokens of one of Axon's processors to a version, so that the version goes on where the processor stood and the
 * processor cannot. Works in the surrounding transaction.
 */
final class TokenTakeover {

    private final HandlerVersion version;
    private final String processor;
    private final ProjectionStore store;
    private final Configuration axon;

    TokenTakeover(HandlerVersion version, String processor, ProjectionStore store, Configuration axon) {
        this.version = version;
        this.processor = processor;
        this.store = store;
        this.axon = axon;
    }

    /**
     * Moves the tokens.
     *
     * @return position up to which events are a replay to the component: where the processor was in a replay, its end, else
     *     where it stood
     * @throws UnableToClaimTokenException when a node still runs the processor; a retry helps once it has ended
     * @throws HandlerRefusedException when the tokens do not say exactly which events the component has had
     */
    long run() {
        TokenStore tokens = store.tokens();
        int[] segments = tokens.fetchSegments(processor);
        if (segments.length == 0) {
            throw refused(
                    "there are none; name the processor as the token table does, or leave takesOver empty and the tables too");
        }
        Map<Integer, Long> positions = new HashMap<>();
        long endOfReplay = 0;
        for (int segment : segments) {
            TrackingToken token = tokens.fetchToken(processor, segment);
            endOfReplay =
                    Math.max(endOfReplay, ReplayToken.getTokenAtReset(token).orElse(0));
            positions.put(segment, position(token, segment));
        }
        if (positions.values().stream().distinct().count() > 1) {
            requireOrderByAggregate();
        }
        positions.forEach((segment, position) -> {
            tokens.initializeSegment(
                    new GlobalSequenceTrackingToken(position), version.id().toString(), segment);
            tokens.deleteToken(processor, segment);
        });
        return positions.values().stream().mapToLong(Long::longValue).min().orElseThrow();
    }

    /** Segments of a version are cut by aggregate. Where those of the processor were not, each has had other events. */
    private void requireOrderByAggregate() {
        for (EventProcessingModule module : axon.findModules(EventProcessingModule.class)) {
            SequencingPolicy<?> policy = module.sequencingPolicy(processor);
            if (!(policy instanceof SequentialPerAggregatePolicy)) {
                throw refused(
                        "its segments stand at different positions and are cut by %s, not by aggregate; stop the writers, let the former release catch up until all stand alike, then start this one"
                                .formatted(policy.getClass().getSimpleName()));
            }
        }
    }

    private long position(@Nullable TrackingToken token, int segment) {
        if (token == null) {
            return 0;
        }
        if (token instanceof GlobalSequenceTrackingToken sequence) {
            return Math.max(0, sequence.getGlobalIndex());
        }
        if (token instanceof GapAwareTrackingToken aware) {
            requireGapsEmpty(aware.getGaps(), segment);
            return Math.max(0, aware.getIndex());
        }
        if (token instanceof ReplayToken replay) {
            return position(replay.getCurrentToken(), segment);
        }
        throw refused("that of segment %d is a %s; let the former release end its merge, then start this one"
                .formatted(segment, token.getClass().getSimpleName()));
    }

    /** A gap that holds an event now is one that the processor has not had, though it had later ones. */
    private void requireGapsEmpty(SortedSet<Long> gaps, int segment) {
        if (gaps.isEmpty()) {
            return;
        }
        String column = store.table().columns().position();
        List<Long> filled = store.jdbc()
                .queryForList(
                        "select %1$s from %2$s where %1$s = any(string_to_array(?, ',')::bigint[]) order by 1 limit 10"
                                .formatted(column, store.table().events()),
                        Long.class,
                        String.join(",", gaps.stream().map(Object::toString).toList()));
        if (!filled.isEmpty()) {
            throw refused(
                    "that of segment %d has not had the events at positions %s, but later ones; let the former release catch up, then start this one"
                            .formatted(segment, filled));
        }
    }

    private HandlerRefusedException refused(String reason) {
        return new HandlerRefusedException("The tokens of Axon's processor '%s' cannot go over to '%s': %s"
                .formatted(processor, version.id(), reason));
    }
}
