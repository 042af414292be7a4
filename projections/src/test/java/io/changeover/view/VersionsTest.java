package io.changeover.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.changeover.event.EventType;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class VersionsTest {

    @EventType(name = "order.placed")
    record OrderPlaced(String id) {}

    record Row(@Key String id) {}

    record Entry(@Key String id) {}

    record OtherEntry(@Key String id) {}

    @View(name = "board", version = 1)
    static class Board1 {
        @Fold
        Row placed(OrderPlaced event) {
            return new Row(event.id());
        }

        @Canonical
        Entry entry(Row row) {
            return new Entry(row.id());
        }
    }

    @View(name = "board", version = 1)
    static class AlsoBoard1 {
        @Fold
        Row placed(OrderPlaced event) {
            return new Row(event.id());
        }

        @Canonical
        Entry entry(Row row) {
            return new Entry(row.id());
        }
    }

    @View(name = "board", version = 10)
    static class Board10 {
        @Fold
        Row placed(OrderPlaced event) {
            return new Row(event.id());
        }

        @Canonical
        OtherEntry entry(Row row) {
            return new OtherEntry(row.id());
        }
    }

    @ForeignView(name = "board", version = 2, query = "select id from board", position = "select 7")
    static class Board2 {
        @Canonical
        Entry entry(Row row) {
            return new Entry(row.id());
        }
    }

    @ForeignView(name = "account", version = 1, query = "select id from account")
    static class Account1 {
        @Canonical
        Entry entry(Row row) {
            return new Entry(row.id());
        }
    }

    @ForeignView(name = "account", version = 1, query = " ")
    static class NoQuery {
        @Canonical
        Entry entry(Row row) {
            return new Entry(row.id());
        }
    }

    private static final VersionId BOARD_1 = new VersionId("board", 1);
    private static final VersionId BOARD_2 = new VersionId("board", 2);

    /** Writes the board's rows. */
    static class BoardWriter {}

    @HandlerView(
            name = "board",
            version = 4,
            handler = BoardWriter.class,
            query = "select id from board4",
            segments = 2)
    static class Board4 {

        @Canonical
        Entry entry(Row row) {
            return new Entry(row.id());
        }
    }

    @HandlerView(
            name = "board",
            version = 5,
            handler = BoardWriter.class,
            query = " ",
            segments = 65,
            takesOver = "board@5")
    static class Board5 {

        @Canonical
        Entry entry(Row row) {
            return new Entry(row.id());
        }
    }

    private final ForeignVersion foreign = ForeignVersion.of(new Board2());
    private final FoldedVersion folded = FoldedVersion.of(new Board1());
    private final Versions versions = Versions.of(List.of(foreign, folded, ForeignVersion.of(new Account1())));

    @Test
    void views_come_by_name_and_versions_by_number() {
        assertThat(versions.views()).containsExactly("account", "board");
        assertThat(versions.of("board")).containsExactly(folded, foreign);
        assertThat(versions.of("nowhere")).isEmpty();
        assertThat(versions.folded()).containsExactly(folded);
    }

    @Test
    void a_version_is_found_by_its_name() {
        assertThat(versions.get(BOARD_2)).isSameAs(foreign);
        assertThat(versions.folded(BOARD_1)).isSameAs(folded);
        assertThat(versions.find(new VersionId("board", 3))).isEmpty();
        versions.requireView("board");
    }

    @Test
    void a_view_that_is_not_declared_is_refused_with_those_that_are() {
        assertThatExceptionOfType(UnknownVersionException.class)
                .isThrownBy(() -> versions.requireView("bord"))
                .withMessage("There is no view 'bord'; the declared views are: account, board")
                .satisfies(refused -> assertThat(refused.view()).isEqualTo("bord"));
        assertThatExceptionOfType(UnknownVersionException.class)
                .isThrownBy(() -> versions.get(new VersionId("bord", 1)))
                .withMessage("There is no view 'bord'; the declared views are: account, board");
    }

    @Test
    void a_version_that_is_not_declared_is_refused_with_those_that_are() {
        assertThatExceptionOfType(UnknownVersionException.class)
                .isThrownBy(() -> versions.get(new VersionId("board", 3)))
                .withMessage("View 'board' has no version '3'; its versions are: 1, 2");
    }

    @Test
    void a_foreign_version_is_not_built_here() {
        assertThatExceptionOfType(UnknownVersionException.class)
                .isThrownBy(() -> versions.folded(BOARD_2))
                .withMessage(
                        "Version 'board@2' is maintained by somebody else and is not built here; it can only be compared");
    }

    @Test
    void a_version_declared_twice_and_canonical_records_that_differ_are_refused_at_once() {
        assertThatExceptionOfType(InvalidViewException.class)
                .isThrownBy(() -> Versions.of(
                        List.of(folded, FoldedVersion.of(new AlsoBoard1()), FoldedVersion.of(new Board10()))))
                .withMessage(
                        """
                        The views cannot be used:
                          - version 'board@1' is declared twice; give one of the classes another number
                          - version 'board@10' has canonical record 'OtherEntry' but others of the view have 'Entry'; a view has one canonical record""");
    }

    @Test
    void a_foreign_version_has_its_queries() {
        assertThat(foreign.query()).isEqualTo("select id from board");
        assertThat(foreign.positionQuery()).contains("select 7");
        assertThat(ForeignVersion.of(new Account1()).positionQuery()).isEmpty();
        assertThat(foreign.canonical().of(new Row("o1"))).isEqualTo(new Entry("o1"));
    }

    @Test
    void a_foreign_version_without_query_is_refused() {
        assertThatExceptionOfType(InvalidViewException.class)
                .isThrownBy(() -> ForeignVersion.of(new NoQuery()))
                .withMessage(
                        """
                        View class 'NoQuery' cannot be used:
                          - the query is blank; give a select that returns the canonical rows""");
    }

    @Test
    void a_class_that_is_not_a_foreign_view_is_refused() {
        assertThatExceptionOfType(InvalidViewException.class)
                .isThrownBy(() -> ForeignVersion.of(new Board1()))
                .withMessage(
                        """
                        View class 'Board1' cannot be used:
                          - class 'io.changeover.view.VersionsTest$Board1' has no @ForeignView; annotate it""");
    }

    @Test
    void a_version_that_a_component_builds_has_its_component_and_query() {
        HandlerVersion handled = HandlerVersion.of(new Board4());
        assertThat(handled.id()).isEqualTo(new VersionId("board", 4));
        assertThat(handled.handler()).isEqualTo(BoardWriter.class);
        assertThat(handled.query()).isEqualTo("select id from board4");
        assertThat(handled.segments()).isEqualTo(2);
        assertThat(handled.takesOver()).isEmpty();
        assertThat(handled.canonical().of(new Row("o1"))).isEqualTo(new Entry("o1"));
    }

    @Test
    void everything_that_is_wrong_with_the_declaration_of_a_component_is_said_at_once() {
        assertThatExceptionOfType(InvalidViewException.class)
                .isThrownBy(() -> HandlerVersion.of(new Board5()))
                .withMessage(
                        """
                        View class 'Board5' cannot be used:
                          - the query is blank; give a select that returns the canonical rows
                          - segments is 65 but must be from 1 to 64; change it
                          - takesOver is 'board@5', the version itself, but must name Axon's processor that has maintained the tables; leave it empty where there is none""");
    }

    @Test
    void versions_built_by_folds_or_by_components_are_built_here() {
        HandlerVersion handled = HandlerVersion.of(new Board4());
        Versions all = Versions.of(List.of(folded, foreign, handled));
        assertThat(all.built()).containsExactly(folded, handled);
        assertThat(all.handled()).containsExactly(handled);
        assertThat(all.built(handled.id())).isSameAs(handled);
        assertThatExceptionOfType(UnknownVersionException.class)
                .isThrownBy(() -> all.folded(handled.id()))
                .withMessage(
                        "Version 'board@4' is built by an event handling component and has no folds; name a version with @View");
        assertThatExceptionOfType(UnknownVersionException.class)
                .isThrownBy(() -> all.built(BOARD_2))
                .withMessage(
                        "Version 'board@2' is maintained by somebody else and is not built here; it can only be compared");
    }
}
