package io.changeover.app.api;

import io.changeover.operation.EventOperations.MinedSamples;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Samples with the place that each has among the others of its domain. */
record SamplesAnswer(List<MinedSample> samples, List<String> withheld) {

    static SamplesAnswer of(MinedSamples mined) {
        return new SamplesAnswer(
                mined.samples().stream()
                        .map(sample -> new MinedSample(
                                sample.path(),
                                sample.label(),
                                sample.stored().name(),
                                sample.stored().revision(),
                                sample.stored().payload(),
                                sample.metadata()))
                        .toList(),
                mined.withheld());
    }

    /** One stored event, with all that is sensitive replaced. */
    record MinedSample(
            String path,
            String label,
            String event,
            @Nullable String revision,
            ObjectNode payload,
            ObjectNode metadata) {}
}
