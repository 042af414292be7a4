package io.changeover.app.console;

import io.changeover.operation.ChangeoverStatus;
import io.changeover.operation.VersionStatus;
import io.changeover.operation.ViewStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Something that a person should look at.
 *
 * @param view name of the view
 * @param text what it is, in words
 * @param address page that shows it
 */
record Trouble(String view, String text, String address) {

    /** What a person should look at in a view; empty when all is well. */
    static List<Trouble> of(ViewStatus view, long maxLag) {
        List<Trouble> found = new ArrayList<>();
        String viewPage = "/console/views/" + view.view();
        ChangeoverStatus open = view.changeover();
        if (open != null) {
            String page = "/console/changeovers/" + view.view();
            if (open.halted() != null) {
                found.add(new Trouble(
                        view.view(), "changeover to version %d is %s".formatted(open.to(), open.halted()), page));
            }
            if (open.phase().startsWith("roll")) {
                found.add(new Trouble(
                        view.view(),
                        open.phase().equals("rolled-back")
                                ? "all readers were sent back to version %d".formatted(open.from())
                                : "readers are being sent back to version %d".formatted(open.from()),
                        page));
            }
            if (open.parity() != null && !open.parity().equals("equal")) {
                found.add(new Trouble(view.view(), "the last comparison says: " + open.parity(), page));
            }
            if (!open.awaiting().isEmpty()) {
                found.add(new Trouble(
                        view.view(), "not acknowledged yet by %s".formatted(String.join(", ", open.awaiting())), page));
            }
        }
        for (VersionStatus version : view.versions()) {
            String number = version.version();
            if (version.disposal() != null && !version.disposal().equals("held")) {
                continue; // it is not followed any more, and shall not be
            }
            switch (version.state()) {
                case "failed" -> found.add(new Trouble(view.view(), number + ": its backfill has failed", viewPage));
                case "stuck" ->
                    found.add(new Trouble(view.view(), number + ": this node cannot get on with it", viewPage));
                default -> {}
            }
            if (version.deadLetters() > 0) {
                found.add(new Trouble(
                        view.view(),
                        String.format(
                                Locale.ROOT,
                                "%s: %,d %s as dead letters",
                                number,
                                version.deadLetters(),
                                version.deadLetters() == 1 ? "event waits" : "events wait"),
                        "%s/versions/%s/dead-letters".formatted(viewPage, number.substring(number.indexOf('@') + 1))));
            }
            if (version.state().equals("live") && version.lag() > maxLag) {
                found.add(new Trouble(
                        view.view(),
                        String.format(Locale.ROOT, "%s is %,d positions behind", number, version.lag()),
                        viewPage));
            }
            if (version.stale() != null) {
                found.add(new Trouble(view.view(), "%s is stale: %s".formatted(number, version.stale()), viewPage));
            }
        }
        return found;
    }
}
