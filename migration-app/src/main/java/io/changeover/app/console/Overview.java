package io.changeover.app.console;

import io.changeover.operation.ChangeoverStatus;
import io.changeover.operation.VersionStatus;
import io.changeover.operation.ViewStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All views at a glance, those first that have trouble, then those in a changeover.
 *
 * @param find text that names of views must have, empty for all
 * @param wrong what a person should look at
 * @param open open changeovers
 * @param lines views of this page
 * @param found how many views were found
 * @param declared how many there are
 * @param page number of this page, from 1
 * @param pages how many pages there are, at least 1
 */
record Overview(
        String find,
        List<Trouble> wrong,
        List<ChangeoverStatus> open,
        List<Line> lines,
        int found,
        int declared,
        int page,
        int pages) {

    /** Views on a page: so many can be read, and rendered in no time. */
    static final int PAGE = 100;

    /**
     * A view.
     *
     * @param view name of the view
     * @param serving version that serves, or a dash
     * @param percent share of readers that the new version of an open changeover serves, or null without one
     * @param to that version, or null
     * @param phase phase of the open changeover, or null
     * @param parity verdict of its last comparison, or null
     * @param troubles how much is wrong with it
     * @param versions its versions
     */
    record Line(
            String view,
            String serving,
            @Nullable Integer percent,
            @Nullable Integer to,
            @Nullable String phase,
            @Nullable String parity,
            int troubles,
            List<VersionStatus> versions) {

        static Line of(ViewStatus view, int troubles) {
            ChangeoverStatus open = view.changeover();
            return new Line(
                    view.view(),
                    view.serving() == null ? "–" : view.serving().toString(),
                    open == null ? null : open.percent(),
                    open == null ? null : open.to(),
                    open == null ? null : open.phase(),
                    open == null ? null : open.parity(),
                    troubles,
                    view.versions());
        }
    }

    static Overview of(List<ViewStatus> all, String find, int asked, long maxLag) {
        String sought = find.strip().toLowerCase(Locale.ROOT);
        List<ViewStatus> found =
                all.stream().filter(view -> view.view().contains(sought)).toList();
        List<Trouble> wrong = found.stream()
                .flatMap(view -> Trouble.of(view, maxLag).stream())
                .toList();
        Map<String, Long> troubles =
                wrong.stream().collect(Collectors.groupingBy(Trouble::view, Collectors.counting()));
        List<Line> lines = new ArrayList<>(found.stream()
                .map(view ->
                        Line.of(view, troubles.getOrDefault(view.view(), 0L).intValue()))
                .toList());
        lines.sort(Comparator.comparing((Line line) -> line.troubles() == 0)
                .thenComparing(line -> line.phase() == null)
                .thenComparing(Line::view));
        int pages = Math.max(1, (lines.size() + PAGE - 1) / PAGE);
        int page = Math.min(Math.max(1, asked), pages);
        return new Overview(
                sought,
                wrong,
                found.stream()
                        .map(ViewStatus::changeover)
                        .filter(Objects::nonNull)
                        .toList(),
                List.copyOf(lines.subList((page - 1) * PAGE, Math.min(lines.size(), page * PAGE))),
                lines.size(),
                all.size(),
                page,
                pages);
    }
}
