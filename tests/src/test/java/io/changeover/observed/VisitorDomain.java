package io.changeover.observed;

import io.changeover.catalog.EventDomain;
import io.changeover.event.EventType;
import io.changeover.sensitive.Sensitive;
import io.changeover.upcast.EventStep;
import io.changeover.view.Canonical;
import io.changeover.view.Fold;
import io.changeover.view.HandlerView;
import io.changeover.view.Key;
import io.changeover.view.View;
import java.time.Instant;
import java.util.List;
import org.axonframework.eventhandling.EventHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Visitors of houses, with a fold, a step, a row and a component that fail and say the visitor's name. */
final class VisitorDomain {

    private VisitorDomain() {}

    /** Makes the domain known to a node. */
    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage
    @Import(GuestBook.class)
    static class Known {

        @Bean
        EventDomain visitors() {
            return new Visitors();
        }
    }

    private static final class Visitors implements EventDomain {

        @Override
        public String name() {
            return "visitors";
        }

        @Override
        public String owner() {
            return "the test";
        }

        @Override
        public List<Class<?>> events() {
            return List.of(Arrived.class, Greeted.class);
        }

        @Override
        public List<EventStep> steps() {
            return List.of(EventStep.from("visitor.arrived", 1)
                    .to(
                            2,
                            changes -> changes.custom(
                                    "give a time of birth",
                                    payload -> {
                                        throw new IllegalStateException("nobody knows when "
                                                + payload.path("name").asString() + " was born");
                                    },
                                    payload -> payload.remove("born"))));
        }
    }

    @EventType(name = "visitor.arrived", revision = 2)
    record Arrived(String house, @Sensitive String name, @Sensitive String born) {}

    @EventType(name = "visitor.greeted")
    record Greeted(String house) {}

    /** Whoever is in the house. */
    record Visitor(@Key String house, @Sensitive String name) {}

    @View(name = "visitors", version = 1)
    static class VisitorsV1 {

        record Row(@Key String house, @Sensitive String name, @Sensitive Instant born) {}

        @Fold
        Row on(@Nullable Row row, Arrived event) {
            return new Row(event.house(), event.name(), Instant.parse(event.born()));
        }

        @Fold
        Row on(Row row, Greeted event) {
            throw new IllegalStateException("cannot greet " + row.name(), new IllegalArgumentException(row.toString()));
        }

        @Canonical
        Visitor visitor(Row row) {
            return new Visitor(row.house(), row.name());
        }
    }

    /** Fails on everybody. */
    static class GuestBook {

        @EventHandler
        void on(Arrived event) {
            throw new IllegalStateException(
                    "no line left for " + event.name(), new IllegalArgumentException(event.toString()));
        }
    }

    @HandlerView(
            name = "guest-book",
            version = 1,
            handler = GuestBook.class,
            query = "select house, name from guest_book")
    static class GuestBookV1 {

        @Canonical
        Visitor visitor(Visitor row) {
            return row;
        }
    }
}
