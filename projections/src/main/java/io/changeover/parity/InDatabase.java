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
        return "select %s, %s from (%s) l full join (%s) r on %s where l.\"key 0\" is null or r.\"key 0\" is null or %s"
                .formatted(
                        columns(left, "l"),
                        columns(right, "r"),
                        relation(left, range),
                        relation(right, range),
                        on,
                        different(left));
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
        Equality equality = side.version().canonical().equality();
        for (int i = 0; i < forms.size(); i++) {
            if (equality.compares(i)) {
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

    private static String different(Side side) {
        Equality equality = side.version().canonical().equality();
        List<String> ways = new ArrayList<>();
        List<Column> fields = side.version().canonical().shape().columns();
        for (int i = 0; i < fields.size(); i++) {
            if (equality.compares(i)) {
                String mine = "l.\"form %d\"".formatted(i);
                String theirs = "r.\"form %d\"".formatted(i);
                // Null where nothing may be null says that SQL does not know, and leaves the row to the method.
                String apart = (fields.get(i).nullable() ? "%s is distinct from %s" : "(%s = %s) is not true")
                        .formatted(mine, theirs);
                String close = equality.closeInSql(i, mine, theirs);
                ways.add(close == null ? apart : "(%s and (%s) is not true)".formatted(apart, close));
            }
        }
        return ways.isEmpty() ? "false" : String.join(" or ", ways);
    }
}
