package io.changeover.publish;

import io.changeover.projection.ProjectionStore;
import io.changeover.projection.TokenPositions;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.jspecify.annotations.Nullable;

/**
 * How far a topic has come, and which node publishes it, in Axon's token store; beside it what the store cannot say: which
 * topic that is to the brokers, and which events were left out on purpose.
 */
final class TopicProgress {

    private static final int SEGMENT = 0;

    private final String topic;
    private final ProjectionStore store;

    TopicProgress(String topic, ProjectionStore store) {
        this.topic = topic;
        this.store = store;
    }

    /** Name under which the token store keeps a topic; no view version can be called so. */
    static String processor(String topic) {
        return "topic:" + topic;
    }

    /** Takes or keeps the claim; false while another node has it. */
    boolean claim() {
        try {
            store.transactions().executeWithoutResult(transaction -> {
                TokenStore tokens = store.tokens();
                if (tokens.fetchSegments(processor(topic)).length == 0) {
                    tokens.initializeTokenSegments(processor(topic), 1, new GlobalSequenceTrackingToken(0));
                }
                tokens.fetchToken(processor(topic), SEGMENT);
            });
            return true;
        } catch (UnableToClaimTokenException e) {
            return false;
        }
    }

    /**
     * Keeps the claim while there is nothing to store.
     *
     * @throws UnableToClaimTokenException when another node has it
     */
    void keep() {
        store.transactions().executeWithoutResult(transaction -> store.tokens().extendClaim(processor(topic), SEGMENT));
    }

    /** Position up to which everything is on the topic; takes the claim. */
    long position() {
        Long position = store.transactions().execute(transaction -> store.tokens()
                .fetchToken(processor(topic), SEGMENT)
                .position()
                .orElse(0));
        return position == null ? 0 : position;
    }

    /**
     * @throws UnableToClaimTokenException when another node has the claim
     */
    void store(long position) {
        store.transactions().executeWithoutResult(transaction -> store.tokens()
                .storeToken(new GlobalSequenceTrackingToken(position), processor(topic), SEGMENT));
    }

    /** Lets another node take it at once. */
    void release() {
        store.transactions()
                .executeWithoutResult(transaction -> store.tokens().releaseClaim(processor(topic), SEGMENT));
    }

    /** Identifier that the brokers gave the topic; empty where nothing was ever published to it. */
    Optional<String> identifier() {
        return store
                .jdbc()
                .queryForList(
                        "select identifier from changeover.topic where name = ? and identifier is not null",
                        String.class,
                        topic)
                .stream()
                .findFirst();
    }

    void remember(String identifier) {
        store.jdbc()
                .update(
                        """
                        insert into changeover.topic (name, identifier, begun_at) values (?, ?, ?)
                        on conflict (name) do update set identifier = excluded.identifier, begun_at = excluded.begun_at
                        where topic.identifier is null
                        """,
                        topic,
                        identifier,
                        now());
    }

    private OffsetDateTime now() {
        return store.clock().instant().atOffset(ZoneOffset.UTC);
    }

    /** Lets everybody know why it does not get on, and at which event if it waits at one; nulls when it does. */
    void failed(@Nullable String why, @Nullable Long waitsAt) {
        store.jdbc()
                .update(
                        """
                        insert into changeover.topic (name, failure, failed_at, waits_at) values (?, ?, ?, ?)
                        on conflict (name) do update
                        set failure = excluded.failure, failed_at = excluded.failed_at, waits_at = excluded.waits_at
                        """,
                        topic,
                        why,
                        why == null ? null : now(),
                        waitsAt);
    }

    /** Whether it does not get on because of the event. */
    boolean waitsAt(long position) {
        return !store.jdbc()
                .queryForList(
                        "select 1 from changeover.topic where name = ? and waits_at = ?",
                        Integer.class,
                        topic,
                        position)
                .isEmpty();
    }

    @Nullable
    String failure() {
        return first("select failure from changeover.topic where name = ?", topic);
    }

    /** The node that has the claim, or had it last; null for none. */
    @Nullable
    String publisher() {
        return first(
                "select owner from %s where processor_name = ?"
                        .formatted(store.table().tokens()),
                processor(topic));
    }

    private @Nullable String first(String query, String argument) {
        return store.jdbc().queryForList(query, String.class, argument).stream()
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Position that is stored, without a claim on it. */
    long kept() {
        return new TokenPositions(store.table(), store.json())
                .of(processor(topic), store.jdbc())
                .low();
    }

    long skips() {
        Long skips = store.jdbc()
                .queryForObject("select count(*) from changeover.topic_skip where topic = ?", Long.class, topic);
        return skips == null ? 0 : skips;
    }

    void skip(long position, String actor, String reason) {
        store.jdbc()
                .update(
                        "insert into changeover.topic_skip (topic, position, actor, reason, at) values (?, ?, ?, ?, ?) on conflict do nothing",
                        topic,
                        position,
                        actor,
                        reason,
                        now());
    }

    void restart() {
        store.transactions().executeWithoutResult(transaction -> {
            store.jdbc().update("update changeover.topic set identifier = null where name = ?", topic);
            store.jdbc()
                    .update(
                            "delete from %s where processor_name = ?"
                                    .formatted(store.table().tokens()),
                            processor(topic));
        });
    }

    /** Whether somebody has decided that the topic goes on without the event. */
    boolean isSkipped(long position) {
        return !store.jdbc()
                .queryForList(
                        "select 1 from changeover.topic_skip where topic = ? and position = ?",
                        Integer.class,
                        topic,
                        position)
                .isEmpty();
    }
}
