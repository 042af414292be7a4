package io.changeover.effect;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.changeover.ChangeoverEvent.Aborted;
import io.changeover.changeover.ChangeoverEvent.Completed;
import io.changeover.changeover.ChangeoverEvent.Declared;
import io.changeover.changeover.ChangeoverEvent.ReadsShifted;
import io.changeover.changeover.ChangeoverEvent.Reopened;
import io.changeover.changeover.ChangeoverEvent.RolledBack;
import io.changeover.changeover.ChangeoverEvent.ViewRegistered;
import io.changeover.changeover.ChangeoverState;
import io.changeover.changeover.Evidence;
import java.time.Instant;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ActingVersionsTest {

    private static final Instant AT = Instant.parse("2026-03-10T12:00:00Z");

    private ChangeoverState state = ChangeoverState.of(new ViewRegistered("letters", 1));

    private int after(io.changeover.changeover.ChangeoverEvent event) {
        state = state.after(event, AT);
        return ActingVersions.acting(state);
    }

    private int shifted(int from, int to) {
        return after(new ReadsShifted("letters", "c", to, from, EVIDENCE, "ann", ""));
    }

    private static final Evidence EVIDENCE = null;

    @Test
    void the_new_version_acts_from_100_percent_on_and_no_longer_than_that() {
        assertThat(ActingVersions.acting(state)).isEqualTo(1);
        assertThat(after(new Declared("letters", "c", 1, 2, "ann", ""))).isEqualTo(1);
        assertThat(shifted(0, 99)).isEqualTo(1);
        assertThat(shifted(99, 100)).isEqualTo(2);
        assertThat(shifted(100, 99)).isEqualTo(1);
        assertThat(shifted(99, 100)).isEqualTo(2);
        assertThat(after(new RolledBack("letters", "c", 100, "ann", ""))).isEqualTo(1);
        assertThat(shifted(0, 100)).isEqualTo(2);
        assertThat(after(new Completed("letters", "c", "ann", ""))).isEqualTo(2);
        assertThat(after(new Reopened("letters", "c", "ann", ""))).isEqualTo(2);
        assertThat(after(new RolledBack("letters", "c", 100, "ann", ""))).isEqualTo(1);
        assertThat(after(new Aborted("letters", "c", "ann", ""))).isEqualTo(1);
        assertThat(after(new Declared("letters", "d", 1, 3, "ann", ""))).isEqualTo(1);
    }
}
