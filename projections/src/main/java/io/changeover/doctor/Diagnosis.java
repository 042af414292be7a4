package io.changeover.doctor;

import java.util.List;

/**
 * What an examination has found.
 *
 * @param checks names of the checks that were made, in order
 * @param findings what they found, in the same order; empty in a healthy state
 */
public record Diagnosis(List<String> checks, List<Finding> findings) {

    /** Copies the lists. */
    public Diagnosis {
        checks = List.copyOf(checks);
        findings = List.copyOf(findings);
    }
}
