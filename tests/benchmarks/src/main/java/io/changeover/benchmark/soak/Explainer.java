package io.changeover.benchmark.soak;

import io.changeover.benchmark.invoice.InvoiceNode;
import io.changeover.view.VersionId;
import java.util.Optional;
import java.util.OptionalLong;

/** Says at which event two versions part. This is where explanations are plugged in. */
@FunctionalInterface
interface Explainer {

    /** Position of the event from which on the versions differ under the key; empty where they do not. */
    OptionalLong partsAt(VersionId left, VersionId right, String key);

    /** What explains on the node; empty as long as nothing does, and then the soak says so and proves nothing about it. */
    static Optional<Explainer> of(InvoiceNode node) {
        return Optional.empty();
    }
}
