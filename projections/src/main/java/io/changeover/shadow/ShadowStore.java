package io.changeover.shadow;

import io.changeover.parity.ExactJson;
import io.changeover.projection.ProjectionStore;
import io.changeover.shadow.Sample.Pair;
import io.changeover.shadow.Tally.Counted;
import io.changeover.shadow.Tally.Found;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/** Counts and differences in the database, where those of all nodes come together. */
final class ShadowStore {

    private final ProjectionStore store;
    private final TransactionTemplate transactions;
    private final int kept;

    /** @param kept latest differences of a view that stay */
    ShadowStore(ProjectionStore store, int kept) {
        this.store = store;
        this.transactions = store.transactions();
        this.kept = kept;
    }

    /** Adds counts, all or none. */
    void add(Map<Counted, Long> counts) {
        // In one order on every node, so that none waits for another that waits for it.
        List<Map.Entry<Counted, Long>> ordered = counts.entrySet().stream()
                .sorted(Comparator.comparing(each -> each.getKey().toString()))
                .toList();
        transactions.executeWithoutResult(status -> store.jdbc()
                .batchUpdate(
                        """
                        insert into changeover.shadow_read as r
                            (view, changeover, method, serving, shadow, outcome, calls, last_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict (view, changeover, method, serving, shadow, outcome) do update
                        set calls = r.calls + excluded.calls, last_at = excluded.last_at
                        """,
                        ordered,
                        100,
                        (statement, each) -> {
                            Pair pair = each.getKey().pair();
                            statement.setString(1, pair.view());
                            statement.setString(2, pair.changeover());
                            statement.setString(3, pair.method());
                            statement.setInt(4, pair.serving());
                            statement.setInt(5, pair.shadow());
                            statement.setString(6, each.getKey().outcome());
                            statement.setLong(7, each.getValue());
                            statement.setObject(8, store.clock().instant().atOffset(ZoneOffset.UTC));
                        }));
    }

    /** Keeps differences, all or none, and lets older ones go. */
    void keep(List<Found> found) {
        transactions.executeWithoutResult(status -> {
            store.jdbc()
                    .batchUpdate(
                            """
                            insert into changeover.shadow_difference (view, changeover, method, serving, shadow, kinds,
                                arguments, old_answer, new_answer, failure, old_position, new_position, node, at)
                            values (?, ?, ?, ?, ?, ?, ?::json, ?::json, ?::json, ?, ?, ?, ?, ?)
                            """,
                            found,
                            100,
                            (statement, each) -> {
                                ShadowDifference difference = each.difference();
                                statement.setString(1, each.pair().view());
                                statement.setString(2, each.pair().changeover());
                                statement.setString(3, difference.method());
                                statement.setInt(4, difference.serving());
                                statement.setInt(5, difference.shadow());
                                statement.setArray(
                                        6,
                                        statement
                                                .getConnection()
                                                .createArrayOf(
                                                        "text",
                                                        difference.kinds().toArray()));
                                statement.setString(7, text(difference.arguments()));
                                statement.setString(8, text(difference.older()));
                                statement.setString(9, text(difference.newer()));
                                statement.setString(10, difference.failure());
                                statement.setObject(11, difference.oldPosition());
                                statement.setObject(12, difference.newPosition());
                                statement.setString(13, difference.node());
                                statement.setObject(14, difference.at().atOffset(ZoneOffset.UTC));
                            });
            found.stream().map(each -> each.pair().view()).distinct().sorted().forEach(view -> store.jdbc()
                    .update(
                            """
                                    delete from changeover.shadow_difference where view = ? and id in
                                        (select id from changeover.shadow_difference where view = ? order by id desc offset ?)
                                    """,
                            view,
                            view,
                            kept));
        });
    }

    private @Nullable String text(@Nullable Object value) {
        return value == null ? null : store.json().writeValueAsString(value);
    }

    /** Calls by outcome, since the changeover began. */
    Map<String, Long> counts(String view, String changeover) {
        Map<String, Long> counts = new TreeMap<>();
        store.jdbc()
                .query(
                        "select outcome, sum(calls) from changeover.shadow_read where view = ? and changeover = ? group by 1",
                        (ResultSet result) -> {
                            counts.put(result.getString(1), result.getLong(2));
                        },
                        view,
                        changeover);
        return counts;
    }

    /** The latest differences of the changeover, the newest first. */
    List<ShadowDifference> differences(String view, String changeover, int limit) {
        return store.jdbc()
                .query(
                        "select * from changeover.shadow_difference where view = ? and changeover = ? order by id desc limit ?",
                        (result, number) -> difference(result),
                        view,
                        changeover,
                        limit);
    }

    private static ShadowDifference difference(ResultSet result) throws SQLException {
        List<@Nullable Object> arguments = new ArrayList<>();
        ExactJson.read(result.getString("arguments")).valueStream().forEach(each -> arguments.add(plain(each)));
        return new ShadowDifference(
                result.getString("method"),
                result.getInt("serving"),
                result.getInt("shadow"),
                List.copyOf(Arrays.asList((String[]) result.getArray("kinds").getArray())),
                arguments,
                side(result.getString("old_answer")),
                side(result.getString("new_answer")),
                result.getString("failure"),
                result.getObject("old_position", Long.class),
                result.getObject("new_position", Long.class),
                result.getString("node"),
                result.getObject("at", OffsetDateTime.class).toInstant());
    }

    private static @Nullable Object plain(JsonNode node) {
        return node instanceof NullNode ? null : node;
    }

    private static @Nullable Map<String, @Nullable Object> side(@Nullable String text) {
        return text == null ? null : ExactJson.record(text);
    }
}
