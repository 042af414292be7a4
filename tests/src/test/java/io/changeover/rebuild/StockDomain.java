package io.changeover.rebuild;

import io.changeover.catalog.EventDomain;
import io.changeover.event.EventType;
import io.changeover.upcast.EventStep;
import io.changeover.view.FoldedVersion;
import io.changeover.view.Key;
import io.changeover.view.Versions;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Items that are added, taken and counted. The view's class is given from outside, compiled anew for each release. */
public final class StockDomain {

    /** The declaration of the release that the next node runs. */
    static Object release = new Object();

    private StockDomain() {}

    /** Makes the domain known to a node. */
    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage
    static class Known {

        @Bean
        EventDomain stock() {
            return new Stock();
        }

        @Bean
        Versions versions() {
            return Versions.of(List.of(FoldedVersion.of(release)));
        }
    }

    private static final class Stock implements EventDomain {

        @Override
        public String name() {
            return "stock";
        }

        @Override
        public String owner() {
            return "the test";
        }

        @Override
        public List<EventStep> steps() {
            return List.of(EventStep.from("item.counted", 1).to(2, payload -> payload.rename("id", "item")));
        }
    }

    /** Items came. */
    @EventType(name = "item.added")
    public record Added(String item, int count) {}

    /** Items went. */
    @EventType(name = "item.taken")
    public record Taken(String item, int count) {}

    /** Items were counted. */
    @EventType(name = "item.counted", revision = 2)
    public record Counted(String item, int count) {}

    /** What all versions show. */
    public record Entry(@Key String item, int count) {}
}
