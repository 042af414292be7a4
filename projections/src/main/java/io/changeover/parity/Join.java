package io.changeover.parity;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.ObjectMapper;

/** The full outer join of both sides by their keys, in the database in which both lie. */
final class Join {

    private static final Logger LOG = LoggerFactory.getLogger(Join.class);

    private static final int KIBI = 1024;

    private final KeyMatch keys;
    private final ObjectMapper json;
    private final long workMemory;

    /** @param workMemory memory in bytes that each sort or hash may take */
    Join(KeyMatch keys, ObjectMapper json, long workMemory) {
        this.keys = keys;
        this.json = json;
        this.workMemory = workMemory;
    }

    /** What else a side is to select. */
    @FunctionalInterface
    interface More {

        /** Expressions with their names. */
        List<String> of(Side side);
    }

    /**
     * Starts it for the rows of a range. The result has the columns of the left and then of the right side, those of a
     * side null where it has no such row.
     *
     * @param more what each side selects beside its columns
     * @param where which pairs are wanted, told of {@code l} and {@code r}
     */
    CopiedRows rows(Snapshot snapshot, Range range, More more, String where) throws SQLException {
        Side left = snapshot.leftSide();
        Side right = snapshot.rightSide();
        try (Statement statement = snapshot.left().connection().createStatement()) {
            statement.execute("set local work_mem = '%dkB'".formatted(workMemory / KIBI));
            // The planner cannot know that few rows are wanted, and would work alone to spare itself their transfer.
            statement.execute("set local parallel_tuple_cost = 0");
        }
        String query = "select %s, %s from (%s) l full join (%s) r on %s where %s"
                .formatted(
                        columns(left, "l"),
                        columns(right, "r"),
                        relation(left, range, more),
                        relation(right, range, more),
                        sameKeys(),
                        where);
        LOG.debug(
                "Comparing {} and {}: {}", left.version().id(), right.version().id(), query);
        return new CopiedRows(snapshot.left().connection(), query, json);
    }

    /** Condition that both keys are the same; null where a side has no row. */
    String sameKeys() {
        return IntStream.range(0, keys.size())
                .mapToObj("l.\"key %1$d\" = r.\"key %1$d\""::formatted)
                .collect(Collectors.joining(" and "));
    }

    KeyMatch keys() {
        return keys;
    }

    private static String columns(Side side, String alias) {
        return side.version().rows().columns().stream()
                .map(column -> "%s.\"%s\"".formatted(alias, column.name()))
                .collect(Collectors.joining(", "));
    }

    private String relation(Side side, Range range, More more) {
        List<String> selected = new ArrayList<>(List.of(side.columns()));
        for (int i = 0; i < keys.size(); i++) {
            selected.add("%s as \"key %d\"".formatted(keys.expression(side, i), i));
        }
        selected.addAll(more.of(side));
        return "select %s from %s where %s"
                .formatted(String.join(", ", selected), side.from(), keys.within(side, range));
    }
}
