package io.changeover.app.rehearsal;

import io.changeover.report.ReportDocument;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a rehearsal found.
 *
 * @param what what was rehearsed, such as {@code order-board from version 1 to 2}
 * @param plan name of the plan
 * @param source where the events came from
 * @param events events of the store that was rehearsed on, without those of changeovers
 * @param cases phases, ways back and checks, in the order in which they were tried
 * @param notRehearsed what a rehearsal cannot try, each with the reason
 * @param duration how long it took
 */
public record RehearsalResult(
        String what,
        String plan,
        String source,
        long events,
        List<Case> cases,
        List<String> notRehearsed,
        Duration duration) {

    /** Copies the lists. */
    public RehearsalResult {
        cases = List.copyOf(cases);
        notRehearsed = List.copyOf(notRehearsed);
    }

    /**
     * Something that was tried.
     *
     * @param stage where the changeover stood, such as {@code shifting at 10 %}
     * @param name what was tried there
     * @param took how long
     * @param failure why it failed, with the remedy, or null
     */
    public record Case(String stage, String name, Duration took, @Nullable String failure) {

        boolean failed() {
            return failure != null;
        }
    }

    /** Whether all that was tried holds. */
    public boolean passed() {
        return !cases.isEmpty() && cases.stream().noneMatch(Case::failed);
    }

    /** The result as JUnit XML, one test case for each that was tried. */
    public String junit() {
        return JunitXml.write(this);
    }

    /** The result as a document. */
    public ReportDocument document() {
        long failed = cases.stream().filter(Case::failed).count();
        ReportDocument document = new ReportDocument("Rehearsal of " + what)
                .paragraph(
                        passed()
                                ? "All %,d cases hold: this plan can be carried out, and gone back from everywhere."
                                        .formatted(cases.size())
                                : "%,d of %,d cases failed: do not carry out this plan as it is."
                                        .formatted(failed, cases.size()))
                .table(
                        List.of(
                                List.of("plan", plan),
                                List.of("store", source),
                                List.of("events", String.format(Locale.ROOT, "%,d", events)),
                                List.of("took", seconds(duration))),
                        "",
                        "Figure",
                        "Value");
        document.heading("Failures")
                .table(
                        cases.stream()
                                .filter(Case::failed)
                                .map(each -> List.of(each.stage(), each.name(), String.valueOf(each.failure())))
                                .toList(),
                        "None.",
                        "Stage",
                        "Case",
                        "Why, and what to do");
        document.heading("What was tried")
                .table(
                        cases.stream()
                                .map(each -> List.of(
                                        each.stage(),
                                        each.name(),
                                        each.failed() ? "failed" : "holds",
                                        seconds(each.took())))
                                .toList(),
                        "Nothing.",
                        "Stage",
                        "Case",
                        "Outcome",
                        "Took");
        document.heading("Not rehearsed")
                .table(notRehearsed.stream().map(List::of).toList(), "Nothing was left out.", "What, and why");
        return document;
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
