package io.changeover.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DoctorTest {

    private final List<String> mended = new ArrayList<>();

    private record Known(String name, List<Symptom> look) implements Check {}

    private Symptom mendable(String subject) {
        return new Symptom(subject, "seen", "bad", "mend it", () -> {
            mended.add(subject);
            return "mended";
        });
    }

    private static Symptom hopeless() {
        return new Symptom("b", "seen", "bad", "call somebody");
    }

    @Test
    void a_look_tells_everything_and_changes_nothing() {
        Diagnosis diagnosis = new Doctor(
                        List.of(new Known("first", List.of(mendable("a"), hopeless())), new Known("second", List.of())))
                .examine(false);
        assertThat(diagnosis.checks()).containsExactly("first", "second");
        assertThat(diagnosis.findings())
                .containsExactly(
                        new Finding("first", "a", "seen", "bad", true, "mend it", null),
                        new Finding("first", "b", "seen", "bad", false, "call somebody", null));
        assertThat(mended).isEmpty();
    }

    @Test
    void what_is_safe_is_mended_and_what_is_not_is_left() {
        Diagnosis diagnosis = new Doctor(List.of(new Known("first", List.of(hopeless(), mendable("a"))))).examine(true);
        assertThat(diagnosis.findings()).extracting(Finding::done).containsExactly(null, "mended");
        assertThat(mended).containsExactly("a");
    }

    @Test
    void a_check_or_a_mend_that_fails_is_told_and_keeps_no_other_from_being_made() {
        Check failing = new Check() {
            @Override
            public String name() {
                return "failing";
            }

            @Override
            public List<Symptom> look() {
                throw new IllegalStateException("the table is away");
            }
        };
        Symptom stubborn = new Symptom("c", "seen", "bad", "mend it", () -> {
            throw new IllegalStateException("locked");
        });
        Diagnosis diagnosis =
                new Doctor(List.of(failing, new Known("other", List.of(stubborn, mendable("a"))))).examine(true);
        assertThat(diagnosis.findings())
                .containsExactly(
                        new Finding(
                                "failing",
                                "the check itself",
                                "it could not be made: the table is away",
                                "whether all is well in this respect is not known",
                                false,
                                "mend what the message names, and ask again",
                                null),
                        new Finding("other", "c", "seen", "bad", true, "mend it", "it could not be mended: locked"),
                        new Finding("other", "a", "seen", "bad", true, "mend it", "mended"));
    }

    @Test
    void patience_of_nothing_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DoctorOptions(Duration.ZERO))
                .withMessage("changeover.doctor.patience is PT0S but must be more than zero; correct it");
    }
}
