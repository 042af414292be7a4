package io.changeover.benchmark.replay.view;

import io.changeover.examples.orders.event.CustomerContactChanged;
import io.changeover.view.Canonical;
import io.changeover.view.EventInfo;
import io.changeover.view.Fold;
import io.changeover.view.Key;
import io.changeover.view.View;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How often and when last a customer's contact changed: a view that hardly any event concerns. */
@View(name = "contact-changes", version = 1)
public class ContactChanges {

    record Row(@Key String customerId, int changes, String familyName, String phone, Instant changedAt) {}

    /** A customer as readers see it. */
    record Entry(@Key String customerId, int changes, String familyName) {}

    @Fold
    Row on(@Nullable Row row, CustomerContactChanged event, EventInfo info) {
        return new Row(
                event.customerId(),
                row == null ? 1 : row.changes() + 1,
                event.contact().familyName(),
                event.phone(),
                info.time());
    }

    @Canonical
    Entry entry(Row row) {
        return new Entry(row.customerId(), row.changes(), row.familyName());
    }
}
