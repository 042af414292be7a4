package io.changeover.doctor;

import io.changeover.view.VersionId;
import java.util.ArrayList;
import java.util.List;

/** Dead letters of a version that is not there any more. */
final class LeftOverLetters implements Check {

    private final Patient patient;

    LeftOverLetters(Patient patient) {
        this.patient = patient;
    }

    @Override
    public String name() {
        return "left-over-dead-letters";
    }

    @Override
    public List<Symptom> look() {
        List<Symptom> symptoms = new ArrayList<>();
        patient.store()
                .jdbc()
                .query(
                        """
                        select d.view, d.version, count(*), max(d.position) from changeover.dead_letter d
                        where not exists (select from changeover.view_version v
                            where v.view = d.view and v.version = d.version)
                        group by 1, 2 order by 1, 2
                        """,
                        row -> {
                            VersionId version = new VersionId(row.getString(1), row.getInt(2));
                            long last = row.getLong(4);
                            symptoms.add(new Symptom(
                                    version.toString(),
                                    "%d events wait as its dead letters, and the version is not there"
                                            .formatted(row.getLong(3)),
                                    "a new version of that number would take their homes for broken",
                                    "the dead letters are removed; their events stay in the store",
                                    () -> remove(version, last)));
                        });
        return symptoms;
    }

    private String remove(VersionId version, long last) {
        int removed = patient.store()
                .jdbc()
                .update(
                        """
                        delete from changeover.dead_letter d where d.view = ? and d.version = ? and d.position <= ?
                        and not exists (select from changeover.view_version v where v.view = d.view and v.version = d.version)
                        """,
                        version.view(),
                        version.version(),
                        last);
        return "%d dead letters were removed".formatted(removed);
    }
}
