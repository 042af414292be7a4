package io.changeover.selfcheck;

import io.changeover.parity.Masks;
import io.changeover.projection.HomeText;
import io.changeover.projection.ProjectionStore;
import io.changeover.projection.RowCodec;
import io.changeover.projection.RowTable;
import io.changeover.selfcheck.SelfCheckReport.Disagreement;
import io.changeover.selfcheck.SelfCheckReport.SqlForm;
import io.changeover.view.CanonicalForm;
import io.changeover.view.Column;
import io.changeover.view.FoldedVersion;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/** Evaluates the canonical form of stored rows twice, in SQL and by the method, and holds the two against each other. */
final class SqlFormCheck {

    private static final int AT_ONCE = 1_000;

    private final FoldedVersion version;
    private final ProjectionStore store;
    private final Masks masks;
    private final int most;
    private final RowCodec rowCodec;
    private final RowCodec recordCodec;
    private final String select;
    private final List<Disagreement> samples = new ArrayList<>();
    private long rows;
    private long disagreeing;

    SqlFormCheck(FoldedVersion version, List<String> expressions, ProjectionStore store, Masks masks, int most) {
        this.version = version;
        this.store = store;
        this.masks = masks;
        this.most = most;
        this.rowCodec = new RowCodec(version.rows(), store.json());
        this.recordCodec = new RowCodec(version.canonical().shape(), store.json());
        this.select = "select %s from %s where \"%s\" = any(?)"
                .formatted(
                        Stream.concat(
                                        version.rows().columns().stream().map(column -> '"' + column.name() + '"'),
                                        expressions.stream())
                                .collect(Collectors.joining(", ")),
                        new RowTable(version, store.json()).name(),
                        version.rows().keys().get(0).name());
    }

    /** Checks the rows of the homes. */
    void check(Collection<String> homes) {
        Column home = version.rows().keys().get(0);
        List<Object> values = homes.stream()
                .flatMap(text -> HomeText.value(home, text).stream())
                .toList();
        for (int from = 0; from < values.size(); from += AT_ONCE) {
            List<Object> some = values.subList(from, Math.min(values.size(), from + AT_ONCE));
            try {
                select(home, some);
            } catch (DataAccessException e) {
                // The expressions fail on some row; each home alone tells on which.
                some.forEach(value -> selectAlone(home, value));
            }
        }
    }

    private void selectAlone(Column home, Object value) {
        try {
            select(home, List.of(value));
        } catch (DataAccessException e) {
            rows++;
            disagree(new Disagreement(
                    value.toString(),
                    List.of(),
                    null,
                    null,
                    "the expressions fail: " + e.getMostSpecificCause().getMessage()));
        }
    }

    private void select(Column home, List<Object> values) {
        List<Runnable> found = new ArrayList<>();
        store.jdbc()
                .query(
                        connection -> {
                            PreparedStatement statement = connection.prepareStatement(select);
                            statement.setArray(
                                    1, connection.createArrayOf(home.type().sql(), values.toArray()));
                            return statement;
                        },
                        result -> {
                            found.add(compared(result));
                        });
        found.forEach(Runnable::run); // only once all of them could be read
    }

    private Runnable compared(ResultSet result) throws SQLException {
        Object row = rowCodec.read(result, 1);
        Object record;
        try {
            record = recordCodec.read(result, version.rows().columns().size() + 1);
        } catch (SQLException e) {
            String failure = "the expressions fail: " + e.getMessage();
            return () -> count(row, null, failure);
        }
        return () -> count(row, record, null);
    }

    private void count(Object row, @Nullable Object sql, @Nullable String sqlFailure) {
        rows++;
        CanonicalForm form = version.canonical();
        String failure = sqlFailure;
        Object java = null;
        try {
            java = form.of(row);
        } catch (IllegalStateException e) {
            failure = "the @Canonical method fails";
        }
        List<Integer> differing =
                java == null || sql == null ? List.of() : form.equality().differing(java, sql);
        if (failure != null || !differing.isEmpty()) {
            disagree(new Disagreement(
                    version.rows().key(row).toString(),
                    differing.stream()
                            .map(index -> form.shape().columns().get(index).component())
                            .toList(),
                    java == null ? null : masks.shown(form.shape(), java),
                    sql == null ? null : masks.shown(form.shape(), sql),
                    failure));
        }
    }

    private void disagree(Disagreement disagreement) {
        disagreeing++;
        if (samples.size() < most) {
            samples.add(disagreement);
        }
    }

    SqlForm report() {
        return new SqlForm(rows, disagreeing, List.copyOf(samples));
    }
}
