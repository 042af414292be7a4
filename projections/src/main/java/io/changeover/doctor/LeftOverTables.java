package io.changeover.doctor;

import io.changeover.projection.RowTable;
import io.changeover.view.VersionId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A table of a version of which nobody knows where it stands. */
final class LeftOverTables implements Check {

    private final Patient patient;

    LeftOverTables(Patient patient) {
        this.patient = patient;
    }

    @Override
    public String name() {
        return "left-over-table";
    }

    @Override
    public List<Symptom> look() {
        List<String> tables = patient.store()
                .jdbc()
                .queryForList(
                        """
                        select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                        where n.nspname = ? and c.relkind = 'r' and c.relname ~ '_v[0-9]{1,6}(_purged_[a-z0-9]*)?$' order by 1
                        """,
                        String.class,
                        RowTable.SCHEMA);
        Set<String> known = new HashSet<>(patient.store()
                .jdbc()
                .queryForList(
                        "select kept_table from changeover.completion where kept_table is not null", String.class));
        patient.stages().keySet().stream().map(VersionId::tableName).forEach(known::add);
        patient.versions().views().stream()
                .flatMap(view -> patient.router().state(view).stream())
                .map(state -> new VersionId(state.view(), state.serving()).tableName())
                .forEach(known::add);
        return tables.stream()
                .filter(table -> !known.contains(table))
                .map(table -> new Symptom(
                        RowTable.SCHEMA + "." + table,
                        "a table of that name is there, and no version that is known has it",
                        "it takes up space, and a new version of that number would find rows in it",
                        "make sure that nobody reads it, then: drop table %s.\"%s\"".formatted(RowTable.SCHEMA, table)))
                .toList();
    }
}
