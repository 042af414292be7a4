package io.changeover.explain;

import io.changeover.projection.HomeText;
import io.changeover.projection.ProjectionStore;
import io.changeover.projection.Projections;
import io.changeover.projection.RowCodec;
import io.changeover.projection.StoredHome;
import io.changeover.projection.StoredRow;
import io.changeover.view.CanonicalForm;
import io.changeover.view.Column;
import io.changeover.view.FoldedVersion;
import io.changeover.view.ForeignVersion;
import io.changeover.view.HandlerVersion;
import io.changeover.view.VersionDefinition;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A row as it is stored in a version, seen in one snapshot.
 *
 * @param version the version
 * @param position position up to which the events of its home are applied, or null where that is not known
 * @param parked dead letters that wait for its home
 * @param row the row with its provenance, or null where there is none
 * @param bare the row itself, or null where there is none
 * @param record its canonical record, or null where there is none or the form fails on it
 */
record StoredSide(
        VersionDefinition version,
        @Nullable Long position,
        int parked,
        @Nullable StoredRow row,
        @Nullable Object bare,
        @Nullable Object record) {

    /** Reads it in the surrounding transaction. */
    static StoredSide read(VersionDefinition version, RowName name, Projections projections, ProjectionStore store) {
        if (version instanceof FoldedVersion) {
            StoredHome home = projections.storedHome(version.id(), name.home());
            StoredRow row = home.rows().stream()
                    .filter(each -> name.isKeyOf(version.canonical(), version.rows(), each.row()))
                    .findFirst()
                    .orElse(null);
            Object bare = row == null ? null : row.row();
            return new StoredSide(
                    version, home.position(), home.parked(), row, bare, record(version.canonical(), bare));
        }
        Object bare = rows(version, name, store).stream()
                .filter(each -> name.isKeyOf(version.canonical(), version.rows(), each))
                .findFirst()
                .orElse(null);
        return new StoredSide(
                version, position(version, projections, store), 0, null, bare, record(version.canonical(), bare));
    }

    private static @Nullable Object record(CanonicalForm form, @Nullable Object row) {
        try {
            return row == null ? null : form.of(row);
        } catch (IllegalStateException e) {
            return null;
        }
    }

    private static @Nullable Long position(VersionDefinition version, Projections projections, ProjectionStore store) {
        if (version instanceof ForeignVersion foreign) {
            return foreign.positionQuery()
                    .map(query -> store.jdbc().queryForObject(query, Long.class))
                    .orElse(null);
        }
        return projections.positions(version.id()).low();
    }

    private static List<Object> rows(VersionDefinition version, RowName name, ProjectionStore store) {
        Column home = version.rows().keys().get(0);
        Optional<Object> value = HomeText.value(home, name.home());
        if (value.isEmpty()) {
            return List.of();
        }
        RowCodec codec = new RowCodec(version.rows(), store.json());
        return store.jdbc()
                .query(
                        "select * from (%s) t where \"%s\" = cast(? as %s)"
                                .formatted(
                                        query(version), home.name(), home.type().sql()),
                        (result, index) -> codec.read(result),
                        value.get());
    }

    private static String query(VersionDefinition version) {
        if (version instanceof ForeignVersion foreign) {
            return foreign.query();
        }
        return ((HandlerVersion) version).query();
    }

    String maintained() {
        return version instanceof FoldedVersion ? "folds" : version instanceof ForeignVersion ? "foreign" : "component";
    }
}
