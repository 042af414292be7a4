package io.changeover.autopilot;

import io.changeover.changeover.GateReading;
import io.changeover.event.EventType;
import io.changeover.gate.Gate;
import io.changeover.gate.GateQuestion;
import io.changeover.view.Canonical;
import io.changeover.view.Fold;
import io.changeover.view.Key;
import io.changeover.view.Serves;
import io.changeover.view.View;
import java.util.concurrent.CountDownLatch;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Articles in stock, in two versions of one view, the second of which can be made to go wrong in every way that a gate sees. */
public final class StockDomain {

    /** Whether reads of version 2 throw. */
    static volatile boolean failing;

    /** Whether reads of version 2 answer something else. */
    static volatile boolean lying;

    /** Whether the fold of version 2 throws. */
    static volatile boolean broken;

    /** What the fold of version 2 waits for. */
    static volatile CountDownLatch held = new CountDownLatch(0);

    /** Whether the team's gate refuses. */
    static volatile boolean refusing;

    private StockDomain() {}

    static void mend() {
        failing = false;
        lying = false;
        broken = false;
        refusing = false;
        held.countDown();
    }

    /** Makes the domain known to a node, with a gate of the team. */
    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage
    static class Known {

        @Bean
        Gate complaints() {
            return new Complaints();
        }
    }

    private static final class Complaints implements Gate {

        @Override
        public String name() {
            return "complaints";
        }

        @Override
        public GateReading read(GateQuestion question) {
            return refusing
                    ? GateReading.refuse("complaints", "5 complaints", "none", "ask the service desk")
                    : GateReading.pass("complaints", "no complaint", "none");
        }
    }

    @EventType(name = "article.stocked")
    record Stocked(String article, String place) {}

    record Place(@Key String article, String place) {}

    /** What readers inject. */
    public interface Stock {

        /** Where an article is. */
        String placeOf(String article);
    }

    @View(name = "stock", version = 1)
    static class StockV1 {

        record Row(@Key String article, String place) {}

        @Fold
        Row on(Stocked event) {
            return new Row(event.article(), event.place());
        }

        @Canonical
        Place place(Row row) {
            return new Place(row.article(), row.place());
        }
    }

    @View(name = "stock", version = 2)
    static class StockV2 {

        record Row(@Key String article, String shelf) {}

        @Fold
        Row on(Stocked event) {
            if (broken) {
                throw new IllegalStateException("the fold is broken");
            }
            try {
                held.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new Row(event.article(), event.place());
        }

        @Canonical
        Place place(Row row) {
            return new Place(row.article(), row.shelf());
        }
    }

    @Serves(view = "stock", version = 1)
    static class StockV1Reads implements Stock {

        private final JdbcClient jdbc;

        StockV1Reads(JdbcClient jdbc) {
            this.jdbc = jdbc;
        }

        @Override
        public String placeOf(String article) {
            return jdbc.sql("select place from views.stock_v1 where article = ?")
                    .param(article)
                    .query(String.class)
                    .single();
        }
    }

    @Serves(view = "stock", version = 2)
    static class StockV2Reads implements Stock {

        private final JdbcClient jdbc;

        StockV2Reads(JdbcClient jdbc) {
            this.jdbc = jdbc;
        }

        @Override
        public String placeOf(String article) {
            if (failing) {
                throw new IllegalStateException("the read is broken");
            }
            String place = jdbc.sql("select shelf from views.stock_v2 where article = ?")
                    .param(article)
                    .query(String.class)
                    .single();
            return lying ? "somewhere" : place;
        }
    }
}
