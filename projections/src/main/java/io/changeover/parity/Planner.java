package io.changeover.parity;

import io.changeover.view.Column;
import io.changeover.view.Equality;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;

/** Chooses how rows are compared: in the database wherever that is known to come to the same. */
final class Planner {

    private final KeyMatch keys;
    private final ObjectMapper json;
    private final ParityOptions options;
    private final HomesComparison homes;
    private final Join join;

    Planner(KeyMatch keys, ObjectMapper json, ParityOptions options, HomesComparison homes) {
        this.keys = keys;
        this.json = json;
        this.options = options;
        this.homes = homes;
        this.join = new Join(keys, json, options.workMemory());
    }

    RangeComparison choose(Snapshot snapshot) throws SQLException {
        Side left = snapshot.leftSide();
        Side right = snapshot.rightSide();
        if (left.dataSource() != right.dataSource()) {
            return outside("the versions lie in different databases");
        }
        for (Side side : List.of(left, right)) {
            if (side.version().canonical().sql().isEmpty()) {
                return outside("'%s' declares no canonical form in SQL"
                        .formatted(side.version().id()));
            }
        }
        long[] probed = new long[2];
        int at = 0;
        for (Side side : List.of(left, right)) {
            Probe probe = new Probe(side);
            Optional<String> problem = probe.disagreement(snapshot.left());
            if (problem.isPresent()) {
                return outside(problem.get());
            }
            probed[at++] = probe.rows;
        }
        return new InDatabase(join, homes, "%,d and %,d rows".formatted(probed[0], probed[1]));
    }

    /** The way that always works. */
    RangeComparison outside(String reason) {
        return keys.left().dataSource() == keys.right().dataSource()
                ? new Joined(join, reason)
                : new Streamed(keys, json, reason);
    }

    /** Holds the canonical form in SQL against the method, on some rows of a side. */
    private final class Probe {

        private final Side side;
        private long rows;

        Probe(Side side) {
            this.side = side;
        }

        /** What the two disagree about, or empty. A form that the database cannot evaluate is a disagreement as well. */
        Optional<String> disagreement(SnapshotConnection snapshot) throws SQLException {
            List<Column> fields = side.version().canonical().shape().columns();
            String query = "select %s, %s from %s limit %d"
                    .formatted(
                            side.columns(),
                            String.join(", ", InDatabase.forms(side)),
                            side.someOf(options.probeRows(), snapshot.jdbc()),
                            options.probeRows());
            try (CopiedRows result = new CopiedRows(snapshot.connection(), query, json)) {
                while (result.next()) {
                    Side.Read read = Objects.requireNonNull(side.read(result));
                    Object record = side.canonical(read.row());
                    @Nullable Object[] told = result.values(fields);
                    rows++;
                    for (int i = 0; i < told.length; i++) {
                        Object made = side.version().canonical().shape().value(record, i);
                        boolean leftToMethod = told[i] == null && !fields.get(i).nullable();
                        if (!leftToMethod && !Equality.sameValue(made, told[i])) {
                            // Not the values, which may be sensitive.
                            return Optional.of(
                                    "the SQL that '%s' declares for '%s' gives another value than the method for row %s; correct it"
                                            .formatted(
                                                    side.version().id(),
                                                    fields.get(i).component(),
                                                    read.key()));
                        }
                    }
                }
            }
            return Optional.empty();
        }
    }
}
