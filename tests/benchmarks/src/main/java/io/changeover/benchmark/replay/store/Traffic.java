package io.changeover.benchmark.replay.store;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Copies of the example as live traffic would have written them. A bounded number of customers is active at any moment,
 * each with the order at hand, and the next event is of any of them; whoever has no more events makes room for the next
 * customer. So the events of one order lie as far apart as the window is wide, and before an order comes its customer.
 *
 * <p>Each event is in an old form or in today's with equal chance. Of a million events exactly 3,500 are changes of a
 * contact, which the example has none of: the events of a view that little concerns. Same template, seed and window
 * give the same events.
 */
final class Traffic {

    private static final double CONTACT_CHANGES = 0.0035;

    private final List<CustomerHistory> customers;
    private final SplittableRandom random;
    private final List<Active> window = new ArrayList<>();
    private int opened;
    private long position;
    private long contactChanges;
    private CopyPrefix copy = new CopyPrefix(0);

    /** A customer whose history is under way. */
    private static final class Active {

        private final CustomerHistory history;
        private final CopyPrefix copy;
        private int next;
        private int ownEvents;

        Active(CustomerHistory history, CopyPrefix copy) {
            this.history = history;
            this.copy = copy;
            this.ownEvents = CustomerHistory.EVENTS_AT_START;
        }
    }

    Traffic(Template template, long seed, int width) {
        customers = template.customers();
        random = new SplittableRandom(seed);
        for (int i = 0; i < width; i++) {
            window.add(open());
        }
    }

    private Active open() {
        int index = opened % customers.size();
        if (index == 0) {
            copy = new CopyPrefix(opened / customers.size());
        }
        opened++;
        return new Active(customers.get(index), copy);
    }

    TrafficEvent next() {
        position++;
        int place = random.nextInt(window.size());
        Active active = window.get(place);
        // A customer who is not registered yet is passed over; the change comes with one of the next events then.
        if (position * CONTACT_CHANGES >= contactChanges + 0.5 && active.next >= CustomerHistory.EVENTS_AT_START) {
            contactChanges++;
            return event(active, active.history.contactChange(), active.ownEvents++);
        }
        TemplateEvent template = active.history.events().get(active.next++);
        if (active.next == active.history.events().size()) {
            window.set(place, open());
        }
        return event(active, template, template.sequence());
    }

    private TrafficEvent event(Active active, TemplateEvent template, long sequence) {
        List<Form> old = template.old();
        Form form = random.nextBoolean() ? template.current() : old.get(random.nextInt(old.size()));
        return new TrafficEvent(position, active.copy, template, sequence, form);
    }
}
