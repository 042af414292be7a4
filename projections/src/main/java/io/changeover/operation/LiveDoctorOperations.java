package io.changeover.operation;

import io.changeover.doctor.Diagnosis;
import io.changeover.doctor.Doctor;
import io.changeover.doctor.Finding;
import io.changeover.doctor.Mending;
import io.changeover.view.VersionId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The doctor on this node. */
public final class LiveDoctorOperations implements DoctorOperations {

    private static final Logger LOG = LoggerFactory.getLogger(LiveDoctorOperations.class);

    private final Doctor doctor;

    /** The verb over the doctor. */
    public LiveDoctorOperations(Doctor doctor) {
        this.doctor = doctor;
    }

    /** What mends by the verbs of the node's changeovers. */
    public static Mending mending(ChangeoverOperations changeovers) {
        return new Mending() {
            @Override
            public void confirmRollback(String view) {
                changeovers.confirmRollback(view);
            }

            @Override
            public void resumeBackfill(VersionId version) {
                changeovers.resumeBackfill(version, new Request("doctor", "nobody worked on it"));
            }
        };
    }

    @Override
    public Diagnosis look() {
        return doctor.examine(false);
    }

    @Override
    public Diagnosis mend(Request request) {
        DryRun run = request.dryRun();
        if (run != null) {
            Diagnosis found = doctor.examine(false);
            found.findings().stream().filter(Finding::safe).forEach(finding -> run.would("mend", finding));
            return found;
        }
        LOG.info(
                "{} has what is safe to mend mended: {}",
                request.actor(),
                request.reason().isEmpty() ? "no reason given" : request.reason());
        return doctor.examine(true);
    }
}
