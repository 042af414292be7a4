package io.changeover.audit;

import io.changeover.report.ChangeoverMoments;
import io.changeover.report.ChangeoverMoments.ViewMoment;
import io.changeover.report.ChangeoverReport.Moment;
import java.util.ArrayList;
import java.util.List;

/** What was done to changeovers, from their events. */
public final class ChangeoverEntries implements AuditSource {

    private static final int FEWEST = 200;

    private final ChangeoverMoments moments;

    /** The entries of all views that have ever been registered. */
    public ChangeoverEntries(ChangeoverMoments moments) {
        this.moments = moments;
    }

    @Override
    public String name() {
        return "changeover";
    }

    /** Who did it stands in the events alone, so that those of somebody are picked here, not by the database. */
    @Override
    public List<AuditEntry> entries(AuditQuery query) {
        String view = query.view();
        List<String> views = view == null ? moments.views() : List.of(view);
        int batch = query.actor() == null ? query.limit() : Math.max(query.limit(), FEWEST);
        List<AuditEntry> found = new ArrayList<>();
        AuditQuery rest = query;
        while (true) {
            List<ViewMoment> told =
                    moments.latest(views, rest.sinceAt(), rest.beforeAt(), rest.beforeNumber(name()), batch);
            for (ViewMoment each : told) {
                if (query.actor() == null || query.actor().equals(each.moment().actor())) {
                    found.add(entry(each));
                }
                if (found.size() == query.limit()) {
                    return found;
                }
            }
            if (told.size() < batch) {
                return found;
            }
            rest = rest.from(AuditCursor.after(entry(told.get(told.size() - 1))));
        }
    }

    private AuditEntry entry(ViewMoment each) {
        Moment moment = each.moment();
        return new AuditEntry(
                moment.at(),
                name(),
                moment.position(),
                each.view(),
                moment.actor(),
                moment.what(),
                each.view(),
                moment.text(),
                moment.reason(),
                moment.gates(),
                moment.evidence());
    }
}
