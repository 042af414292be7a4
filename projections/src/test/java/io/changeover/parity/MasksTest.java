package io.changeover.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.event.EventType;
import io.changeover.sensitive.Sensitive;
import io.changeover.view.Canonical;
import io.changeover.view.Fold;
import io.changeover.view.FoldedVersion;
import io.changeover.view.Key;
import io.changeover.view.View;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MasksTest {

    @EventType(name = "guest.came")
    record Came(String id) {}

    record Guest(@Key String id, String name, String phone) {}

    record First(@Key String id, @Sensitive String name, String phone) {}

    record Second(@Key String id, String name, @Sensitive String phone) {}

    @View(name = "guests", version = 1)
    static class GuestsV1 {
        @Fold
        First came(Came event) {
            return new First(event.id(), "", "");
        }

        @Canonical
        Guest guest(First row) {
            return new Guest(row.id(), row.name(), row.phone());
        }
    }

    @View(name = "guests", version = 2)
    static class GuestsV2 {
        @Fold
        Second came(Came event) {
            return new Second(event.id(), "", "");
        }

        @Canonical
        Guest guest(Second row) {
            return new Guest(row.id(), row.name(), row.phone());
        }
    }

    @Test
    void nothing_is_hidden_from_whoever_may_see_it() {
        FoldedVersion first = FoldedVersion.of(new GuestsV1());
        Masks none = Masks.NONE.alsoFor(first.rows());
        assertThat(none.shown(first.canonical().shape(), new Guest("g-1", "Ann", "555")))
                .containsEntry("name", "Ann")
                .containsEntry("phone", "555");
    }

    @Test
    void what_either_version_calls_sensitive_is_hidden() {
        FoldedVersion first = FoldedVersion.of(new GuestsV1());
        FoldedVersion second = FoldedVersion.of(new GuestsV2());
        Masks masks = new Masks(7).alsoFor(first.rows()).alsoFor(second.rows());
        Map<String, Object> shown = masks.shown(first.canonical().shape(), new Guest("g-1", "Ann", "555"));
        assertThat(shown.get("id")).isEqualTo("g-1");
        assertThat(shown.get("name").toString()).startsWith("masked:");
        assertThat(shown.get("phone").toString()).startsWith("masked:");
    }
}
