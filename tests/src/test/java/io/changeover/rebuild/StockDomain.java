package io.changeover.rebuild;

import io.changeover.catalog.EventDomain;
import io.changeover.event.EventType;
import io.changeover.view.FoldedVersion;
import io.changeover.view.Key;
import io.changeover.view.Versions;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Items that are added, taken and counted. View and steps are given from outside, compiled anew for each release. */
public final class StockDomain {

    /** The view of the release that the next node runs. */
    static Object view = new Object();

    /** Its domain. */
    static EventDomain domain = new Nothing();

    private StockDomain() {}

    /** Makes the domain known to a node. */
    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage
    static class Known {

        @Bean
        EventDomain stock() {
            return domain;
        }

        @Bean
        Versions versions() {
            return Versions.of(List.of(FoldedVersion.of(view)));
        }
    }

    private static final class Nothing implements EventDomain {

        @Override
        public String name() {
            return "nothing";
        }

        @Override
        public String owner() {
            return "the test";
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
