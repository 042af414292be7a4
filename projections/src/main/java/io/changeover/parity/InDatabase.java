package io.changeover.parity;

import io.changeover.view.Column;
import io.changeover.view.Equality;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.ObjectMapper;

/**
 * Has the database join both sides and send only the rows whose canonical forms in SQL are not the same, for the methods
 * to judge. A difference that SQL sees and the method does not is none, so a rule of equality that SQL does not know costs
 * time and nothing else.
 */
final class InDatabase implements RangeComparison {

    private static final Logger LOG = LoggerFactory.getLogger(InDatabase.class);

    private static final int KIBI = 1024;

    private final KeyMatch keys;
    private final ObjectMapper json;
    private final long workMemory;
    private final HomesComparison homes;
    private final String description;

    InDatabase(KeyMatch keys, ObjectMapper json, long workMemory, HomesComparison homes, String probed) {
        this.keys = keys;
        this.json = json;
        this.workMemory = workMemory;
        this.homes = homes;
        this.description =
                "in the database, by a full outer join of the canonical forms in SQL, which agree with the methods on "
                        + probed;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public void compare(Snapshot snapshot, Range range, Judge judge) throws SQLException {
        Side left = snapshot.leftSide();
        Side right = snapshot.rightSide();
        Connection connection = snapshot.left().connection();
        try (Statement statement = connection.createStatement()) {
            statement.execute("set local work_mem = '%dkB'".formatted(workMemory / KIBI));
            // The planner cannot know that hardly any row differs, and would work alone to spare itself their transfer.
            statement.execute("set local parallel_tuple_cost = 0");
        }
        String query = query(left, right, range);
        LOG.debug(
                "Comparing {} and {}: {}", left.version().id(), right.version().id(), query);
        try (CopiedRows rows = new CopiedRows(connection, query, json)) {
            while (rows.next()) {
                judge.pair(left.read(rows), right.read(rows));
            }
        }
        Long all = snapshot.left()
                .jdbc()
                .queryForObject(
                        "select count(*) from %s where %s".formatted(left.from(), keys.within(left, range)),
                        Long.class);
        long skipped = homes.pairs(snapshot, HomesComparison.skipped(snapshot), range);
        judge.equalPairs((all == null ? 0 : all) - judge.onlyLeft() - judge.pairs() - skipped);
    }

    private String query(Side left, Side right, Range range) {
        String on = IntStream.range(0, keys.size())
                .mapToObj("l.\"key %1$d\" = r.\"key %1$d\""::formatted)
                .collect(Collectors.joining(" and "));
        // Where a side has no row its key is null, and so is what is said about both keys.
        return "select %s, %s from (%s) l full join (%s) r on %s where (%s) is not true"
                .formatted(
                        columns(left, "l"),
                        columns(right, "r"),
                        relation(left, range),
                        relation(right, range),
                        on,
                        Stream.concat(Stream.of(on), same(left).stream()).collect(Collectors.joining(" and ")));
    }

    private static String columns(Side side, String alias) {
        return side.version().rows().columns().stream()
                .map(column -> "%s.\"%s\"".formatted(alias, column.name()))
                .collect(Collectors.joining(", "));
    }

    private String relation(Side side, Range range) {
        List<String> selected = new ArrayList<>(List.of(side.columns()));
        for (int i = 0; i < keys.size(); i++) {
            selected.add("%s as \"key %d\"".formatted(keys.expression(side, i), i));
        }
        List<String> forms = forms(side);
        for (int i = 0; i < forms.size(); i++) {
            if (tells(i)) {
                selected.add("%s as \"form %d\"".formatted(forms.get(i), i));
            }
        }
        return "select %s from %s where %s"
                .formatted(String.join(", ", selected), side.from(), keys.within(side, range));
    }

    /** The canonical form in SQL, each expression of the type of its component. */
    static List<String> forms(Side side) {
        List<String> declared = side.version().canonical().sql().orElseThrow();
        List<Column> columns = side.version().canonical().shape().columns();
        return IntStream.range(0, declared.size())
                .mapToObj(i -> "(%s)::%s"
                        .formatted(declared.get(i), columns.get(i).type().sql()))
                .toList();
    }

    /** Conditions that hold where the rows are the same; one that is null leaves the row to the method. */
    private List<String> same(Side side) {
        Equality equality = side.version().canonical().equality();
        List<Column> fields = side.version().canonical().shape().columns();
        List<String> all = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            if (tells(i)) {
                String mine = "l.\"form %d\"".formatted(i);
                String theirs = "r.\"form %d\"".formatted(i);
                String same =
                        (fields.get(i).nullable() ? "%s is not distinct from %s" : "%s = %s").formatted(mine, theirs);
                String close = equality.closeInSql(i, mine, theirs);
                all.add(close == null ? same : "(%s or %s)".formatted(same, close));
            }
        }
        return all;
    }

    /** Whether the field has to be looked at: it counts, and is not just the key, by which the rows are joined. */
    private boolean tells(int field) {
        boolean key = isKey(keys.left(), field) && isKey(keys.right(), field);
        return !key && keys.left().version().canonical().equality().compares(field);
    }

    private static boolean isKey(Side side, int field) {
        String declared = side.version().canonical().sql().orElseThrow().get(field);
        Column column = side.version().canonical().shape().columns().get(field);
        return column.key()
                && declared.equals("\"%s\"".formatted(column.name()))
                && side.version().rows().keys().stream()
                        .anyMatch(key -> key.name().equals(column.name()));
    }
}
