package io.changeover.operation;

import io.changeover.report.ChangeoverReport;
import io.changeover.report.ReportComparison;
import io.changeover.report.ReportSummary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The verbs that tell what changeovers were like. */
public interface ReportOperations {

    /** Most reports that are listed. */
    int MAX_REPORTS = 1_000;

    /**
     * Open changeovers as they stand, then those that are over, the latest first.
     *
     * @param view the view, or null for all
     * @param limit how many at most, 1 to {@value #MAX_REPORTS}
     * @throws io.changeover.view.UnknownVersionException when the view is not declared
     */
    List<ReportSummary> reports(@Nullable String view, int limit);

    /**
     * The report of a changeover.
     *
     * @param id the changeover, or null for the open one of the view, else its last
     * @throws OperationRefusedException when the view has had no such changeover
     * @throws io.changeover.view.UnknownVersionException when the view is not declared
     */
    ChangeoverReport report(String view, @Nullable String id);

    /**
     * Two changeovers side by side, of the same view or of two.
     *
     * @throws OperationRefusedException when there is none of an identifier
     */
    ReportComparison compare(String left, String right);
}
