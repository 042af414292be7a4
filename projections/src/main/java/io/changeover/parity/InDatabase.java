package io.changeover.parity;

import io.changeover.view.Column;
import io.changeover.view.Equality;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Has the database join both sides and send only the rows whose canonical forms in SQL are not the same, for the methods
 * to judge. A difference that SQL sees and the method does not is none, so a rule of equality that SQL does not know costs
 * time and nothing else.
 */
final class InDatabase implements RangeComparison {

    private final Join join;
    private final HomesComparison homes;
    private final String description;

    InDatabase(Join join, HomesComparison homes, String probed) {
        this.join = join;
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
        // Where a side has no row its key is null, and so is what is said about both keys.
        String different = "(%s) is not true"
                .formatted(Stream.concat(Stream.of(join.sameKeys()), same(left).stream())
                        .collect(Collectors.joining(" and ")));
        try (CopiedRows rows = join.rows(snapshot, range, this::named, different)) {
            while (rows.next()) {
                judge.pair(left.read(rows), right.read(rows));
            }
        }
        Long all = snapshot.left()
                .jdbc()
                .queryForObject(
                        "select count(*) from %s where %s"
                                .formatted(left.from(), join.keys().within(left, range)),
                        Long.class);
        long skipped = homes.pairs(snapshot, HomesComparison.skipped(snapshot), range);
        judge.equalPairs((all == null ? 0 : all) - judge.onlyLeft() - judge.pairs() - skipped);
    }

    private List<String> named(Side side) {
        List<String> forms = forms(side);
        return IntStream.range(0, forms.size())
                .filter(this::tells)
                .mapToObj(i -> "%s as \"form %d\"".formatted(forms.get(i), i))
                .toList();
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
        boolean key = isKey(join.keys().left(), field) && isKey(join.keys().right(), field);
        return !key && join.keys().left().version().canonical().equality().compares(field);
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
