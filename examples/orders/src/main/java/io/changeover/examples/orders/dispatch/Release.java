package io.changeover.examples.orders.dispatch;

import io.changeover.upcast.Contract;
import io.changeover.upcast.Revision;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** The releases of the wholesaler's software. Each ran from its first instant until the next one began. */
public enum Release {
    /** Contacts in one string, amounts as floating point numbers, one event for every change of status. */
    ONE(
            Instant.MIN,
            Revision.of("customer.registered", 1),
            Revision.of("customer.contact-changed", 1),
            Revision.of("customer.credit-limit-set", 1),
            Revision.of("order.placed", 1),
            Revision.of("order.line-added", 1),
            Revision.of("order.status-changed", 1),
            Revision.of("payment.received", 1)),
    /** Names apart, minor units with a currency, an event for each change of status. */
    TWO(
            Instant.parse("2003-10-01T00:00:00Z"),
            Revision.of("customer.registered", 2),
            Revision.of("customer.contact-changed", 2),
            Revision.of("customer.credit-limit-set", 2),
            Revision.of("order.placed", 2),
            Revision.of("order.line-added", 2),
            Revision.of("order.shipped", 1),
            Revision.of("order.cancelled", 1),
            Revision.of("order.put-on-hold", 1),
            Revision.of("order.disputed", 1),
            Revision.of("order.resolved", 1),
            Revision.of("payment.received", 2)),
    /** Today's: addresses of their own, payments by other means than checks. */
    THREE(
            Instant.parse("2004-07-01T00:00:00Z"),
            Revision.of("customer.registered", 3),
            Revision.of("customer.contact-changed", 2),
            Revision.of("customer.credit-limit-set", 2),
            Revision.of("order.placed", 2),
            Revision.of("order.line-added", 2),
            Revision.of("order.shipped", 1),
            Revision.of("order.cancelled", 1),
            Revision.of("order.put-on-hold", 1),
            Revision.of("order.disputed", 1),
            Revision.of("order.resolved", 1),
            Revision.of("payment.received", 3));

    private final Instant since;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of is immutable, the type cannot say so
    private final Set<Revision> writes;

    Release(Instant since, Revision... writes) {
        this.since = since;
        this.writes = Set.of(writes);
    }

    /** The release that runs today. */
    public static Release current() {
        return values()[values().length - 1];
    }

    /** The release that ran at the given instant. */
    public static Release at(Instant instant) {
        Release found = ONE;
        for (Release release : values()) {
            if (!instant.isBefore(release.since)) {
                found = release;
            }
        }
        return found;
    }

    /** The revisions that this release writes and reads. */
    public Contract contract() {
        return Contract.of("release-" + (List.of(values()).indexOf(this) + 1), writes);
    }

    /** Whether this release writes an event in exactly this revision. */
    public boolean writes(Revision revision) {
        return writes.contains(revision);
    }
}
