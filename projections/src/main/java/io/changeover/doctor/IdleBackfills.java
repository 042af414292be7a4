package io.changeover.doctor;

import io.changeover.changeover.ChangeoverState;
import io.changeover.changeover.ChangeoverState.Attempt;
import io.changeover.view.VersionId;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** A version that is said to be built, and that no node builds. */
final class IdleBackfills implements Check {

    private final Patient patient;
    private final Mending mending;

    IdleBackfills(Patient patient, Mending mending) {
        this.patient = patient;
        this.mending = mending;
    }

    @Override
    public String name() {
        return "idle-backfill";
    }

    @Override
    public List<Symptom> look() {
        List<Symptom> symptoms = new ArrayList<>();
        patient.stages().forEach((version, stage) -> {
            if (stage.equals("BACKFILLING") && !isAtWork(version)) {
                boolean safe = isWanted(version);
                symptoms.add(new Symptom(
                        version.toString(),
                        "it is said to be built from history, and no node has renewed its claim for longer than %s"
                                .formatted(patient.options().patience()),
                        "it comes no further",
                        safe
                                ? "this node goes on with it at its last checkpoint"
                                : "no open changeover leads to it: declare one and run its backfill, or leave it",
                        safe ? () -> resume(version) : null));
            }
        });
        return symptoms;
    }

    private String resume(VersionId version) {
        mending.resumeBackfill(version);
        return "this node goes on with the backfill";
    }

    /** Whoever builds it renews its claim every few seconds, and has put it into that state a moment ago at most. */
    private boolean isAtWork(VersionId version) {
        List<String> stamps = new ArrayList<>(patient.store()
                .jdbc()
                .queryForList(
                        "select timestamp from %s where processor_name = ? and owner is not null"
                                .formatted(patient.store().table().tokens()),
                        String.class,
                        version.toString()));
        patient.store()
                .jdbc()
                .query(
                        "select updated_at from changeover.view_version where view = ? and version = ?",
                        row -> {
                            stamps.add(row.getObject(1, OffsetDateTime.class)
                                    .toInstant()
                                    .toString());
                        },
                        version.view(),
                        version.version());
        return stamps.stream().anyMatch(stamp -> !patient.isLongAgo(stamp));
    }

    private boolean isWanted(VersionId version) {
        ChangeoverState state = patient.router().state(version.view()).orElse(null);
        if (state == null || patient.versions().find(version).isEmpty()) {
            return false;
        }
        Attempt open = state.open();
        return state.serving() == version.version() || (open != null && open.to() == version.version());
    }
}
