package io.changeover.operation;

import io.changeover.doctor.Diagnosis;

/** The verb that looks for states that should not be. */
public interface DoctorOperations {

    /** Looks, and changes nothing. */
    Diagnosis look();

    /** Looks, and mends what is safe to mend without a person's judgement; what was done is told with each finding. */
    Diagnosis mend(Request request);
}
