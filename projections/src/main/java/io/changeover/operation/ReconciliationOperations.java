package io.changeover.operation;

import io.changeover.reconcile.Drift;
import java.util.List;

/** The verbs that keep versions compared while they live. */
public interface ReconciliationOperations {

    /** Most rows of a pair that are listed. */
    int MAX_ROWS = 100;

    /**
     * What differs between versions of the view, as far as it is known. Compares nothing.
     *
     * @return one for each pair of versions that are reconciled; empty where there is none
     * @throws io.changeover.view.UnknownVersionException when the view is not declared
     */
    List<Drift> drift(String view);

    /**
     * Compares now what events have touched since the last look, and answers when that is done.
     *
     * @param all whether to compare all rows first
     * @param request who asks; kept in the application's log, as nothing is decided
     * @return as {@link #drift}; a pair that could not be compared says why
     * @throws OperationRefusedException when no two versions of the view can be compared, or another node compares them
     * @throws io.changeover.view.UnknownVersionException when the view is not declared
     */
    List<Drift> reconcile(String view, boolean all, Request request);
}
