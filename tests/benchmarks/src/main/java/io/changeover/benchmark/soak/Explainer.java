package io.changeover.benchmark.soak;

import io.changeover.benchmark.invoice.InvoiceNode;
import io.changeover.explain.Explanation;
import io.changeover.explain.Explanations;
import io.changeover.view.VersionId;
import java.util.List;
import java.util.OptionalLong;

/** Says at which event two versions part. */
final class Explainer {

    private final Explanations explanations;

    Explainer(InvoiceNode node) {
        this.explanations = node.get(Explanations.class);
    }

    /** Position of the event from which on the versions differ under the key; empty where they do not. */
    OptionalLong partsAt(VersionId left, VersionId right, String key) {
        Explanation.Parting parting =
                explanations.explain(left, right, List.of(key)).parting();
        return parting == null ? OptionalLong.empty() : OptionalLong.of(parting.position());
    }
}
