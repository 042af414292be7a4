package io.changeover.cli;

import io.changeover.catalog.Consumer;
import io.changeover.catalog.EventDomain;
import io.changeover.event.EventType;
import io.changeover.upcast.EventStep;
import io.changeover.upcast.Revision;
import java.util.List;

/** The domain that the tests find on the class path. Its class and its step can be changed, as a team would. */
public final class TicketsDomain implements EventDomain {

    @EventType(name = "ticket.sold", revision = 2)
    record TicketSold(String seat, String kind) {}

    @EventType(name = "ticket.sold", revision = 2)
    record TicketSoldWithRow(String seat, String kind, int row) {}

    @EventType(name = "ticket.sold", revision = 2)
    static final class NoRecord {}

    static volatile Class<?> event = TicketSold.class;
    static volatile String kind = "FULL";
    static volatile boolean broken;

    static void reset() {
        event = TicketSold.class;
        kind = "FULL";
        broken = false;
    }

    @Override
    public String name() {
        return "tickets";
    }

    @Override
    public String owner() {
        return "box office";
    }

    @Override
    public List<Class<?>> events() {
        return List.of(event);
    }

    @Override
    public List<EventStep> steps() {
        return List.of(EventStep.from("ticket.sold", 1)
                .to(broken ? 3 : 2, payload -> payload.add("kind", kind, "which tickets are reduced")));
    }

    @Override
    public List<Consumer> consumers() {
        return List.of(Consumer.of("usher", "usher@cinema.example", Revision.of("ticket.sold", 1)));
    }
}
