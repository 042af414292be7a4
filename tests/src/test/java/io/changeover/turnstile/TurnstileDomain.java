package io.changeover.turnstile;

import io.changeover.effect.Effect;
import io.changeover.effect.EffectCall;
import io.changeover.effect.Effects;
import io.changeover.event.EventType;
import io.changeover.view.Canonical;
import io.changeover.view.CanonicalSql;
import io.changeover.view.Fold;
import io.changeover.view.Key;
import io.changeover.view.Serves;
import io.changeover.view.View;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Visitors who pass a turnstile, in two versions of one view. */
final class TurnstileDomain {

    static final String VIEW = "visitors";

    private TurnstileDomain() {}

    /** Makes the domain known to a node. */
    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage
    static class Known {

        @Bean
        World world(Environment environment) {
            return new World(environment.getRequiredProperty(World.URL));
        }

        @Bean
        ReceiptsV1 receiptsV1(World world) {
            return new ReceiptsV1(world);
        }

        @Bean
        ReceiptsV2 receiptsV2(World world) {
            return new ReceiptsV2(world);
        }
    }

    @EventType(name = "turnstile.passed")
    record Passed(String visitor, int cents) {}

    record Visitor(@Key String visitor, int passes, long cents) {}

    @View(name = VIEW, version = 1)
    static class VisitorsV1 {

        record Row(@Key String visitor, int passes, long cents) {}

        @Fold
        Row on(Passed event) {
            return new Row(event.visitor(), 1, event.cents());
        }

        @Fold
        Row on(Row row, Passed event) {
            return new Row(row.visitor(), row.passes() + 1, row.cents() + event.cents());
        }

        @Canonical
        @CanonicalSql
        Visitor visitor(Row row) {
            return new Visitor(row.visitor(), row.passes(), row.cents());
        }
    }

    @View(name = VIEW, version = 2)
    static class VisitorsV2 {

        record Row(@Key String visitor, List<Integer> payments) {}

        @Fold
        Row on(Passed event) {
            return new Row(event.visitor(), List.of(event.cents()));
        }

        @Fold
        Row on(Row row, Passed event) {
            List<Integer> payments = new ArrayList<>(row.payments());
            payments.add(event.cents());
            return new Row(row.visitor(), payments);
        }

        @Canonical
        Visitor visitor(Row row) {
            return new Visitor(
                    row.visitor(),
                    row.payments().size(),
                    row.payments().stream().mapToLong(Integer::longValue).sum());
        }
    }

    /** What readers ask. */
    interface Visitors {

        int version();
    }

    @Serves(view = VIEW, version = 1)
    static class VisitorsV1Reads implements Visitors {

        @Override
        public int version() {
            return 1;
        }
    }

    @Serves(view = VIEW, version = 2)
    static class VisitorsV2Reads implements Visitors {

        @Override
        public int version() {
            return 2;
        }
    }

    /** Gives a receipt for each pass. */
    @Effects(view = VIEW, version = 1)
    static final class ReceiptsV1 {

        private final World world;

        ReceiptsV1(World world) {
            this.world = world;
        }

        @Effect("receipt")
        void give(Passed event, EffectCall call) {
            world.receive(call.key(), 1);
        }
    }

    /** The same as the new version does it. */
    @Effects(view = VIEW, version = 2)
    static final class ReceiptsV2 {

        private final World world;

        ReceiptsV2(World world) {
            this.world = world;
        }

        @Effect("receipt")
        void give(Passed event, EffectCall call) {
            world.receive(call.key(), 2);
        }
    }
}
