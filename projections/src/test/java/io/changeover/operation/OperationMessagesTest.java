package io.changeover.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.changeover.event.EventType;
import io.changeover.projection.VersionState;
import io.changeover.serving.Router;
import io.changeover.view.Canonical;
import io.changeover.view.Fold;
import io.changeover.view.FoldedVersion;
import io.changeover.view.ForeignVersion;
import io.changeover.view.ForeignView;
import io.changeover.view.InvalidVersionIdException;
import io.changeover.view.Key;
import io.changeover.view.UnknownVersionException;
import io.changeover.view.VersionId;
import io.changeover.view.Versions;
import io.changeover.view.View;
import java.time.Clock;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Refusals that are decided before anything of the database or of Axon is asked, so those parts are not there. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OperationMessagesTest {

    private static final Request ANN = Request.by("ann");

    @EventType(name = "order.placed")
    record OrderPlaced(String id) {}

    record Row(@Key String id) {}

    @View(name = "sales", version = 1)
    static class Sales1 {
        @Fold
        Row placed(OrderPlaced event) {
            return new Row(event.id());
        }

        @Canonical
        Row canonical(Row row) {
            return row;
        }
    }

    @ForeignView(name = "sales", version = 2, query = "select id from orderfact")
    static class Sales2 {
        @Canonical
        Row canonical(Row row) {
            return row;
        }
    }

    private final Operations operations = new ChangeoverOperations(
            Versions.of(List.of(FoldedVersion.of(new Sales1()), ForeignVersion.of(new Sales2()))),
            null,
            new Router(),
            null,
            null,
            null,
            null,
            null,
            null,
            OperationLimits.defaults(),
            Clock.systemUTC(),
            null,
            (view, version) -> List.of(),
            null,
            null,
            null);

    private static void refuses(String rule, String message, ThrowingCallable call) {
        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(call)
                .withMessage(message)
                .satisfies(refused -> assertThat(refused.rule()).isEqualTo(rule));
    }

    private static void unknown(String message, ThrowingCallable call) {
        assertThatExceptionOfType(UnknownVersionException.class)
                .isThrownBy(call)
                .withMessage(message);
    }

    @Test
    void every_verb_refuses_a_view_that_is_not_declared() {
        String message = "There is no view 'sale'; the declared views are: sales";

        unknown(message, () -> operations.view("sale"));
        unknown(message, () -> operations.declare("sale", 2, ANN));
        unknown(message, () -> operations.changeover("sale"));
        unknown(message, () -> operations.startBackfill("sale", ANN));
        unknown(message, () -> operations.verify("sale", ANN));
        unknown(message, () -> operations.shift("sale", 10, ANN));
        unknown(message, () -> operations.rollBack("sale", ANN));
        unknown(message, () -> operations.complete("sale", ANN));
        unknown(message, () -> operations.abort("sale", ANN));
    }

    @Test
    void a_changeover_to_a_version_that_is_not_declared_is_refused() {
        unknown("View 'sales' has no version '3'; its versions are: 1, 2", () -> operations.declare("sales", 3, ANN));
        assertThatExceptionOfType(InvalidVersionIdException.class)
                .isThrownBy(() -> operations.declare("sales", 0, ANN))
                .withMessage("Version 0 of view 'sales' must be from 1 to 999999; renumber it");
    }

    @Test
    void a_changeover_to_a_foreign_version_is_refused() {
        refuses(
                "foreign-version",
                "Version 'sales@2' is maintained by somebody else and cannot take over reads; declare a changeover to a version that is built here",
                () -> operations.declare("sales", 2, ANN));
    }

    @Test
    void a_view_without_a_changeover_has_none_to_tell_of() {
        refuses(
                "no-changeover",
                "View 'sales' has never been in a changeover; declare one first",
                () -> operations.changeover("sales"));
        refuses(
                "no-changeover-open",
                "View 'sales' is in no changeover; declare one first",
                () -> operations.verify("sales", ANN));
    }

    @Test
    void a_version_that_is_not_declared_cannot_be_compared() {
        unknown(
                "View 'sales' has no version '9'; its versions are: 1, 2",
                () -> operations.compare(new VersionId("sales", 9), new VersionId("sales", 2)));
    }

    @Test
    void a_request_without_reason_has_an_empty_one() {
        assertThat(ANN).isEqualTo(new Request("ann", ""));
    }

    @Test
    void a_backfill_is_complete_at_its_horizon_and_where_there_is_nothing_to_build() {
        assertThat(elsewhere(25, 100).fraction()).isEqualTo(0.25);
        assertThat(elsewhere(100, 100).fraction()).isEqualTo(1);
        assertThat(elsewhere(120, 100).fraction()).isEqualTo(1);
        assertThat(elsewhere(0, 0).fraction()).isEqualTo(1);
    }

    private static BackfillStatus elsewhere(long position, long horizon) {
        return BackfillStatus.of(new VersionState(VersionState.Stage.BACKFILLING, horizon, 0, null), position, 0);
    }
}
