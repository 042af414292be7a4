package io.changeover.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.changeover.effect.EffectCatalogue.Declared;
import io.changeover.event.EventType;
import io.changeover.event.EventTypes;
import io.changeover.view.Canonical;
import io.changeover.view.Fold;
import io.changeover.view.FoldedVersion;
import io.changeover.view.Key;
import io.changeover.view.VersionId;
import io.changeover.view.Versions;
import io.changeover.view.View;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EffectCatalogueTest {

    @EventType(name = "letter.sent")
    record Sent(String letter) {}

    @EventType(name = "letter.lost")
    record Lost(String letter) {}

    @EventType(name = "letter.foreign")
    record Foreign(String letter) {}

    record Row(@Key String letter) {}

    @View(name = "letters", version = 1)
    static class LettersV1 {

        @Fold
        Row on(Sent event) {
            return new Row(event.letter());
        }

        @Canonical
        Row row(Row row) {
            return row;
        }
    }

    @Effects(view = "letters", version = 1)
    static class Good {

        @Effect(value = "zeta", order = 1)
        void first(Sent event) {}

        @Effect(value = "beta", order = 2)
        void third(EffectCall call, Sent event) {}

        @Effect(value = "alpha", order = 2)
        void second(Sent event, EffectCall call) {}

        @Compensation("alpha")
        void undo(Sent event) {}
    }

    @Effects(view = "letters", version = 2)
    static class OfNoVersion {

        @Effect("post")
        void post(Sent event) {}
    }

    @Effects(view = "letters", version = 1)
    static class Empty {}

    @Effects(view = "letters", version = 1)
    static class Bad {

        @Effect("Not A Name")
        void name(Sent event) {}

        @Effect("returns")
        String returns(Sent event) {
            return "";
        }

        @Effect("hidden")
        static void hidden(Sent event) {}

        @Effect("nothing")
        void nothing(EffectCall call) {}

        @Effect("foreign")
        void foreign(Foreign event) {}

        @Effect("mixed")
        void mixed(Sent event) {}

        @Compensation("mixed")
        void unmixed(Lost event) {}

        @Compensation("absent")
        void absent(Sent event) {}
    }

    private static final Versions VERSIONS = Versions.of(List.of(FoldedVersion.of(new LettersV1())));
    private static final EventTypes TYPES = EventTypes.of(List.of(Sent.class, Lost.class));

    private static EffectCatalogue of(Object... instances) {
        return EffectCatalogue.of(
                Arrays.stream(instances)
                        .map(instance -> new Declared(instance.getClass(), instance))
                        .toList(),
                VERSIONS,
                TYPES);
    }

    @Test
    void effects_of_an_event_have_an_order_that_does_not_depend_on_the_class_file() {
        EffectCatalogue catalogue = of(new Good());
        assertThat(catalogue.of(new VersionId("letters", 1)))
                .extracting(EffectMethod::name)
                .containsExactly("zeta", "alpha", "beta");
        assertThat(catalogue.views()).containsExactly("letters");
        assertThat(catalogue.eventNames("letters")).containsExactly("letter.sent");
        assertThat(catalogue
                        .find(new VersionId("letters", 1), "alpha")
                        .orElseThrow()
                        .compensation())
                .isNotNull();
        assertThat(catalogue.find(new VersionId("letters", 1), "gamma")).isEmpty();
    }

    @Test
    void without_declarations_nothing_acts() {
        assertThat(of().views()).isEmpty();
    }

    @Test
    void every_problem_is_named_at_once() {
        assertThatExceptionOfType(InvalidEffectsException.class)
                .isThrownBy(() -> of(new OfNoVersion(), new Bad(), new Empty(), new Good(), new Good()))
                .satisfies(
                        e -> assertThat(e.problems())
                                .containsExactlyInAnyOrder(
                                        "class 'io.changeover.effect.EffectCatalogueTest$OfNoVersion' has effects of version 'letters@2', which is not declared; name one that is: letters@1",
                                        "class 'io.changeover.effect.EffectCatalogueTest$Empty' has @Effects but no method with @Effect; add one",
                                        "effect 'alpha' of version 'letters@1' is declared twice; rename one",
                                        "effect 'beta' of version 'letters@1' is declared twice; rename one",
                                        "effect 'zeta' of version 'letters@1' is declared twice; rename one",
                                        "effect name 'Not A Name' of class 'Bad' must be lower-case words joined by hyphens, such as 'confirmation', with at most 60 characters; rename it",
                                        "method 'java.lang.String io.changeover.effect.EffectCatalogueTest$Bad.returns(io.changeover.effect.EffectCatalogueTest$Sent)' returns 'String', which nobody reads; return nothing",
                                        "method 'static void io.changeover.effect.EffectCatalogueTest$Bad.hidden(io.changeover.effect.EffectCatalogueTest$Sent)' must be neither private nor static, so that it is called on the bean; change it",
                                        "method 'void io.changeover.effect.EffectCatalogueTest$Bad.nothing(io.changeover.effect.EffectCall)' must take one event with @EventType and at most one EffectCall; correct its parameters",
                                        "method 'void io.changeover.effect.EffectCatalogueTest$Bad.foreign(io.changeover.effect.EffectCatalogueTest$Foreign)' takes 'Foreign', which is no event of this application; declare the event",
                                        "effect 'mixed' of class 'Bad' takes 'Sent' but its compensation takes 'Lost'; both must take one event",
                                        "@Compensation of class 'Bad' names effect 'absent', which the class does not declare; correct the name"));
    }

    @Test
    void a_key_is_the_same_for_every_version_and_another_one_for_the_compensation() {
        assertThat(EffectCall.key("letters", "post", "e-1", 1, false)).isEqualTo("letters/post/e-1");
        assertThat(EffectCall.key("letters", "post", "e-1", 2, true)).isEqualTo("letters/post/e-1/2/compensation");
    }
}
