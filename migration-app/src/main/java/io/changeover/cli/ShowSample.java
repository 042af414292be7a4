package io.changeover.cli;

import io.changeover.catalog.Approval;
import io.changeover.sample.Sample;
import io.changeover.upcast.EventTree;
import java.util.List;
import java.util.stream.Collectors;

/** Puts a sample into words for somebody who has to approve it. */
final class ShowSample {

    private ShowSample() {}

    static String of(Sample sample, List<EventTree> today) {
        StringBuilder text = new StringBuilder(sample.path());
        text.append("\n  stored\n").append(events(List.of(sample.stored())));
        if (sample.approved() != null) {
            text.append("  approved\n").append(events(sample.approved()));
        }
        text.append("  today\n").append(events(today));
        if (sample.approved() != null) {
            text.append("  changed: ")
                    .append(Approval.difference(sample.approved(), today))
                    .append('\n');
        }
        return text.toString();
    }

    private static String events(List<EventTree> events) {
        return events.isEmpty()
                ? "    nothing becomes of it\n"
                : events.stream()
                        .map(event -> (event.key() + " " + event.payload().toPrettyString()).indent(4))
                        .collect(Collectors.joining());
    }
}
