package io.changeover.doctor;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes all checks, one after the other. Safe for use by several threads. */
public final class Doctor {

    private static final Logger LOG = LoggerFactory.getLogger(Doctor.class);

    private final List<Check> checks;

    /** A doctor that makes the checks in this order. */
    public Doctor(List<Check> checks) {
        this.checks = List.copyOf(checks);
    }

    /**
     * Makes all checks. One that fails is a finding too, since nobody knows then whether all is well, and keeps no other
     * from being made.
     *
     * @param mend whether what is safe to mend is mended
     */
    public Diagnosis examine(boolean mend) {
        List<Finding> findings = new ArrayList<>();
        for (Check check : checks) {
            try {
                check.look().forEach(symptom -> findings.add(finding(check, symptom, mend)));
            } catch (RuntimeException e) {
                LOG.warn("The check {} could not be made", check.name(), e);
                findings.add(new Finding(
                        check.name(),
                        "the check itself",
                        "it could not be made: %s".formatted(e.getMessage()),
                        "whether all is well in this respect is not known",
                        false,
                        "mend what the message names, and ask again",
                        null));
            }
        }
        return new Diagnosis(checks.stream().map(Check::name).toList(), findings);
    }

    private static Finding finding(Check check, Symptom symptom, boolean mend) {
        return new Finding(
                check.name(),
                symptom.subject(),
                symptom.found(),
                symptom.meaning(),
                symptom.mend() != null,
                symptom.remedy(),
                mend ? done(check, symptom) : null);
    }

    private static @Nullable String done(Check check, Symptom symptom) {
        Mend mend = symptom.mend();
        if (mend == null) {
            return null;
        }
        try {
            String done = mend.apply();
            LOG.info("{} of {}: {}", check.name(), symptom.subject(), done);
            return done;
        } catch (RuntimeException e) {
            LOG.warn("{} of {} could not be mended", check.name(), symptom.subject(), e);
            return "it could not be mended: %s".formatted(e.getMessage());
        }
    }
}
