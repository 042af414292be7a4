package io.changeover.operation;

import io.changeover.shadow.ShadowReport;

/** The verb that tells what shadow reads have found. */
public interface ShadowOperations {

    /** Most differences that are listed. */
    int MAX_DIFFERENCES = 50;

    /**
     * What was found for the view since its changeover began, that of an ended one until the next begins.
     *
     * @return nothing but zeros where the view has had no changeover
     * @throws io.changeover.view.UnknownVersionException when the view is not declared
     */
    ShadowReport report(String view);
}
