package io.changeover.effects;

import io.changeover.effect.Compensation;
import io.changeover.effect.Effect;
import io.changeover.effect.EffectCall;
import io.changeover.effect.Effects;
import io.changeover.event.EventType;
import io.changeover.sensitive.Sensitive;
import io.changeover.testkit.TestDatabase;
import io.changeover.view.Canonical;
import io.changeover.view.Fold;
import io.changeover.view.Key;
import io.changeover.view.View;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Bells that ring in the outside world when they are pressed, in two versions of one view. */
public final class BellDomain {

    /** A call that the outside world has received. */
    record Call(String what, int version, String key, Pressed event, int attempt) {}

    /** Everything the outside world has received, in order. */
    static final Queue<Call> CALLS = new ConcurrentLinkedQueue<>();

    /** What the outside world does before it receives a call; what it throws, it has not received. */
    static volatile Consumer<Call> before = call -> {};

    private BellDomain() {}

    static void reset() {
        CALLS.clear();
        before = call -> {};
    }

    static List<Call> calls(String bell) {
        return CALLS.stream().filter(call -> call.event().bell().equals(bell)).toList();
    }

    /** Appends an event by hand. */
    static void press(TestDatabase database, String bell, int number) {
        database.run(
                """
                insert into public.domain_event_entry (aggregate_identifier, sequence_number, type, event_identifier,
                    meta_data, payload, payload_revision, payload_type, time_stamp)
                select '%1$s', (select count(*) from public.domain_event_entry where aggregate_identifier = '%1$s'), 'Bell',
                    '%1$s-%2$d', '{}', convert_to('{"bell":"%1$s","number":%2$d,"by":"Ada"}', 'UTF8'), '1', 'bell.pressed',
                    '2026-01-01T00:00:00Z'
                """
                        .formatted(bell, number));
    }

    /** Makes the domain known to a node. */
    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage
    static class Known {

        @Bean
        RingingV1 ringingV1() {
            return new RingingV1();
        }

        @Bean
        RingingV2 ringingV2() {
            return new RingingV2();
        }
    }

    @EventType(name = "bell.pressed")
    record Pressed(String bell, int number, @Sensitive String by) {}

    record Bell(@Key String bell, int presses) {}

    @View(name = "bells", version = 1)
    static class BellsV1 {

        record Row(@Key String bell, int presses) {}

        @Fold
        Row on(@org.jspecify.annotations.Nullable Row row, Pressed event) {
            return new Row(event.bell(), row == null ? 1 : row.presses() + 1);
        }

        @Canonical
        Bell bell(Row row) {
            return new Bell(row.bell(), row.presses());
        }
    }

    @View(name = "bells", version = 2)
    static class BellsV2 {

        record Row(@Key String bell, int count) {}

        @Fold
        Row on(@org.jspecify.annotations.Nullable Row row, Pressed event) {
            return new Row(event.bell(), row == null ? 1 : row.count() + 1);
        }

        @Canonical
        Bell bell(Row row) {
            return new Bell(row.bell(), row.count());
        }
    }

    @Effects(view = "bells", version = 1)
    static class RingingV1 {

        @Effect(value = "ring", order = 1)
        void ring(Pressed event, EffectCall call) {
            receive("ring", event, call);
        }

        @Compensation("ring")
        void hush(Pressed event, EffectCall call) {
            receive("hush", event, call);
        }
    }

    @Effects(view = "bells", version = 2)
    static class RingingV2 {

        @Effect(value = "ring", order = 1)
        void ring(Pressed event, EffectCall call) {
            receive("ring", event, call);
        }

        @Compensation("ring")
        void hush(Pressed event, EffectCall call) {
            receive("hush", event, call);
        }

        @Effect(value = "light", order = 2)
        void light(Pressed event, EffectCall call) {
            receive("light", event, call);
        }

        @Compensation("light")
        void darken(Pressed event, EffectCall call) {
            receive("darken", event, call);
        }

        @Effect(value = "note", order = 3)
        void note(EffectCall call, Pressed event) {
            receive("note", event, call);
        }
    }

    private static void receive(String what, Pressed event, EffectCall call) {
        Call received = new Call(what, call.version().version(), call.key(), event, call.attempt());
        before.accept(received);
        CALLS.add(received);
    }
}
