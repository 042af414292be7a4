package io.changeover.operation;

import io.changeover.report.ChangeoverReport;
import io.changeover.report.ChangeoverReports;
import io.changeover.report.ReportComparison;
import io.changeover.report.ReportSummary;
import io.changeover.view.Versions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reports on this node. Safe for use by several threads. */
public final class LiveReportOperations implements ReportOperations {

    private final Versions versions;
    private final ChangeoverReports reports;

    /** The verbs over the node's reports. */
    public LiveReportOperations(Versions versions, ChangeoverReports reports) {
        this.versions = versions;
        this.reports = reports;
    }

    @Override
    public List<ReportSummary> reports(@Nullable String view, int limit) {
        if (view != null) {
            versions.requireView(view);
        }
        return reports.list(view, limit);
    }

    @Override
    public ChangeoverReport report(String view, @Nullable String id) {
        return reports.of(view, id)
                .orElseThrow(() -> id == null
                        ? new OperationRefusedException(
                                "no-changeover",
                                "View '%s' has never been in a changeover, so there is nothing to report; declare one first"
                                        .formatted(view))
                        : new OperationRefusedException(
                                "no-such-changeover",
                                "View '%s' has had no changeover '%s'; list its reports to see which it has had"
                                        .formatted(view, id)));
    }

    @Override
    public ReportComparison compare(String left, String right) {
        return ReportComparison.of(find(left), find(right));
    }

    private ChangeoverReport find(String id) {
        return reports.find(id)
                .orElseThrow(() -> new OperationRefusedException(
                        "no-such-changeover",
                        "There was no changeover '%s'; list the reports to see which there were".formatted(id)));
    }
}
