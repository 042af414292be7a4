package io.changeover.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.changeover.catalog.EventDomain;
import io.changeover.operation.OperationRefusedException;
import io.changeover.operation.RebuildOperations;
import io.changeover.operation.RebuildResult;
import io.changeover.operation.Request;
import io.changeover.parity.ParityCheck;
import io.changeover.projection.HistoryPages;
import io.changeover.projection.HomeRebuildOptions;
import io.changeover.projection.ProjectionStore;
import io.changeover.projection.Projections;
import io.changeover.projection.VersionStates;
import io.changeover.stream.OrderedStream;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import io.changeover.upcast.AggregateHistory;
import io.changeover.upcast.EventReader;
import io.changeover.view.VersionId;
import io.changeover.view.Versions;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One version whose folds differ from release to release, on a store that stays. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ChangedFoldsTest {

    private static final VersionId V1 = VersionId.parse("stock@1");
    private static final Request ANN = Request.by("ann");

    private static final String SOURCE =
            """
            package shop;

            import io.changeover.catalog.EventDomain;
            import io.changeover.rebuild.StockDomain.*;
            import io.changeover.upcast.EventStep;
            import io.changeover.view.*;
            import java.util.List;
            import org.jspecify.annotations.Nullable;

            @View(name = "stock", version = 1)
            public class StockV1 {
                public record Row(@Key String item, int count) {}

                @Fold public Row added(@Nullable Row row, Added event) {
                    return new Row(event.item(), (row == null ? 0 : row.count()) + event.count());
                }
                @Fold public Row taken(Row row, Taken event) {
                    return new Row(row.item(), row.count() - event.count());
                }
                @Canonical public Entry entry(Row row) {
                    return new Entry(row.item(), row.count());
                }

                public static class Stock implements EventDomain {
                    public String name() { return "stock"; }
                    public String owner() { return "the test"; }
                    public List<Class<?>> events() {
                        return List.of(Added.class, Taken.class, Counted.class);
                    }
                    public List<EventStep> steps() {
                        return List.of(
                                EventStep.from("item.counted", 1).to(2, payload -> payload.rename("id", "item")),
                                EventStep.from("item.moved", 1).splitBy("how", split -> split
                                        .when("in", "item.added", 1, payload -> {})
                                        .when("out", "item.taken", 1, payload -> {})
                                        .when("lost", "item.taken", 1, payload -> {}))
                                        .withoutWayDown("nobody asks how an item went"));
                    }
                }
            }
            """;

    /** Takes twice as much. */
    private static final String TAKES_TWICE =
            SOURCE.replace("row.count() - event.count()", "row.count() - 2 * event.count()");

    /** Also heeds countings. */
    private static final String COUNTS = SOURCE.replace(
            "@Canonical",
            """
            @Fold public Row counted(@Nullable Row row, Counted event) {
                return new Row(event.item(), event.count());
            }
            @Canonical""");

    @TempDir
    Path folder;

    private final TestDatabase database = TestDatabase.withStore();
    private TestNode node;
    private int events;

    @AfterEach
    void stop() {
        if (node != null) {
            node.close();
        }
        database.close();
    }

    private void deploy(String source) {
        if (node != null) {
            node.close();
        }
        Release release = Release.of(folder, "shop.StockV1", source);
        StockDomain.view = release.make("shop.StockV1");
        StockDomain.domain = (EventDomain) release.make("shop.StockV1$Stock");
        node = TestNode.start(
                database,
                Map.of(
                        "spring.autoconfigure.exclude",
                        "io.changeover.examples.orders.OrdersAutoConfiguration,io.changeover.examples.orders.OrdersWebAutoConfiguration",
                        "changeover.node-id",
                        "stock-node",
                        "spring.flyway.enabled",
                        "false"),
                StockDomain.Known.class);
        node.awaitCaughtUp("stock@1");
    }

    private void append(String name, String revision, String payload) {
        database.run(
                """
                insert into public.domain_event_entry (aggregate_identifier, sequence_number, type, event_identifier,
                    meta_data, payload, payload_revision, payload_type, time_stamp)
                values ('entry-%d', 0, 'Entry', gen_random_uuid(), '{}', '%s', '%s', '%s', '2026-01-01T00:00:00Z')
                """
                        .formatted(++events, payload, revision, name));
    }

    private void added(String item, int count) {
        append("item.added", "1", "{\"item\":\"%s\",\"count\":%d}".formatted(item, count));
    }

    private void taken(String item, int count) {
        append("item.taken", "1", "{\"item\":\"%s\",\"count\":%d}".formatted(item, count));
    }

    private void counted(String item, int count) {
        append("item.counted", "1", "{\"id\":\"%s\",\"count\":%d}".formatted(item, count));
    }

    private void moved(String item, String how, int count) {
        append("item.moved", "1", "{\"item\":\"%s\",\"how\":\"%s\",\"count\":%d}".formatted(item, how, count));
    }

    private String stale() {
        return node.operations().view("stock").versions().get(0).stale();
    }

    private RebuildResult rebuild(RebuildTarget target, boolean dryRun) {
        return node.get(RebuildOperations.class).rebuild(V1, target, dryRun, ANN);
    }

    private RebuildResult rebuildChanged() {
        return rebuild(new RebuildTarget.Changed(), false);
    }

    private String rows() {
        return database.value("select string_agg(item || ' ' || count, ', ' order by item) from views.stock_v1");
    }

    /** The whole table is what a full fold with the release at hand makes of it. */
    private void assertThatEverythingIsAsFoldedFromNothing() {
        RebuildResult all = rebuild(new RebuildTarget.All(), true);
        assertThat(all.inserted() + all.changed() + all.deleted()).isZero();
        assertThat(all.same()).isPositive();
    }

    private void store() {
        for (int i = 0; i < 10; i++) {
            added("item-" + i, 10);
        }
        taken("item-2", 3);
        taken("item-5", 1);
        counted("item-7", 70);
    }

    @Test
    void only_the_homes_of_the_changed_fold_are_folded_again() {
        store();
        deploy(SOURCE);
        assertThat(stale()).isNull();
        assertThat(rebuildChanged().target()).isEqualTo("changed folds: none");

        deploy(TAKES_TWICE);
        assertThat(stale()).isEqualTo("folds of item.taken changed");
        assertThat(database.value("select count from views.stock_v1 where item = 'item-2'"))
                .isEqualTo("7");
        RebuildResult dry = rebuild(new RebuildTarget.Changed(), true);
        assertThat(dry.changed()).isEqualTo(2);
        assertThat(stale()).isEqualTo("folds of item.taken changed");

        RebuildResult result = rebuildChanged();
        assertThat(result.target()).isEqualTo("homes that item.taken touched");
        assertThat(result.homes()).isEqualTo(2);
        assertThat(result.changed()).isEqualTo(2);
        assertThat(rows())
                .isEqualTo(
                        "item-0 10, item-1 10, item-2 4, item-3 10, item-4 10, item-5 8, item-6 10, item-7 10, item-8 10, item-9 10");
        assertThatEverythingIsAsFoldedFromNothing();
        assertThat(stale()).isNull();
        assertThat(rebuildChanged().homes()).isZero();
    }

    @Test
    void the_same_folds_compiled_again_are_not_stale() {
        store();
        deploy(SOURCE);
        deploy(SOURCE.replace("@Canonical", "\n\n// moved down\n@Canonical"));
        assertThat(stale()).isNull();
        assertThat(rebuildChanged().homes()).isZero();
    }

    @Test
    void rows_of_a_release_in_between_are_known_although_the_first_has_come_back() {
        store();
        deploy(SOURCE);
        deploy(TAKES_TWICE);
        taken("item-8", 2);
        node.awaitCaughtUp("stock@1");
        assertThat(database.value("select count from views.stock_v1 where item = 'item-8'"))
                .isEqualTo("6");

        deploy(SOURCE);
        assertThat(stale()).isEqualTo("folds of item.taken changed");
        RebuildResult result = rebuildChanged();
        assertThat(result.homes()).isEqualTo(3);
        assertThat(result.changed()).isEqualTo(1);
        assertThat(database.value("select count from views.stock_v1 where item = 'item-8'"))
                .isEqualTo("8");
        assertThatEverythingIsAsFoldedFromNothing();
        assertThat(stale()).isNull();
    }

    @Test
    void a_new_fold_concerns_the_homes_of_its_events_and_one_that_is_gone_concerns_all() {
        store();
        deploy(SOURCE);
        deploy(COUNTS);
        assertThat(stale()).isEqualTo("folds of item.counted changed");
        counted("item-new", 5);
        node.awaitCaughtUp("stock@1");
        RebuildResult result = rebuildChanged();
        assertThat(result.homes()).isEqualTo(2);
        assertThat(rows()).contains("item-7 70").contains("item-new 5");
        assertThatEverythingIsAsFoldedFromNothing();

        deploy(SOURCE);
        assertThat(stale()).isEqualTo("the fold of item.counted is gone");
        RebuildResult all = rebuildChanged();
        assertThat(all.target()).isEqualTo("everything, because the fold of item.counted is gone");
        assertThat(all.homes()).isEqualTo(11);
        assertThat(all.deleted()).isEqualTo(1);
        assertThat(rows()).contains("item-7 10").doesNotContain("item-new");
        assertThatEverythingIsAsFoldedFromNothing();
        assertThat(stale()).isNull();
    }

    @Test
    void homes_that_an_event_touched_before_a_step_led_it_elsewhere_are_folded_again() {
        store();
        moved("item-1", "out", 1);
        moved("item-3", "lost", 2);
        deploy(SOURCE);
        assertThat(rows()).contains("item-1 9").contains("item-3 8");

        deploy(SOURCE.replace(
                ".when(\"lost\", \"item.taken\", 1, payload -> {})", ".drop(\"lost\", \"what was lost\")"));
        assertThat(stale()).isEqualTo("folds of item.added, item.taken changed");
        RebuildResult result = rebuildChanged();
        assertThat(result.target()).isEqualTo("homes that item.added, item.taken touched");
        assertThat(result.changed()).isEqualTo(1);
        assertThat(rows()).contains("item-1 9").contains("item-3 10");
        assertThatEverythingIsAsFoldedFromNothing();
    }

    @Test
    void steps_that_read_the_key_from_elsewhere_concern_everything() {
        store();
        deploy(COUNTS);
        deploy(COUNTS.replace("rename(\"id\", \"item\")", "rename(\"id\", \"was\").rename(\"was\", \"item\")"));
        assertThat(stale()).isEqualTo("folds of item.added, item.counted, item.taken changed");
        deploy(COUNTS.replace(
                "rename(\"id\", \"item\")",
                "custom(\"rename\", tree -> tree.set(\"item\", tree.remove(\"id\")), tree -> {})"));
        assertThat(stale()).isEqualTo("item.counted may touch other homes than before");
        assertThat(rebuildChanged().target())
                .isEqualTo("everything, because item.counted may touch other homes than before");
        assertThatEverythingIsAsFoldedFromNothing();
        assertThat(stale()).isNull();
    }

    @Test
    void what_cannot_be_proven_is_rebuilt_as_a_whole() {
        store();
        deploy(SOURCE.replace(
                "row.count() - event.count()", "row.count() - event.count() - Integer.getInteger(\"x\", 0)"));
        assertThat(stale()).isNull();
        RebuildResult result = rebuildChanged();
        assertThat(result.target())
                .isEqualTo(
                        "everything, because what is done with item.taken asks java.lang.Integer.getInteger, which is no part of its code");
        assertThat(result.homes()).isEqualTo(10);
    }

    @Test
    void rows_of_which_nobody_knows_the_folds_must_be_rebuilt_as_a_whole_once() {
        store();
        deploy(SOURCE);
        node.close();
        database.run("delete from changeover.fold_fingerprint");
        deploy(TAKES_TWICE);
        assertThat(stale()).isNull();
        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(this::rebuildChanged)
                .withMessage(
                        "It is not known by which folds the rows of 'stock@1' were made, so nothing can be proven about what changed; rebuild everything, which records them")
                .satisfies(refused -> assertThat(refused.rule()).isEqualTo("unknown-folds"));
        assertThat(rebuild(new RebuildTarget.All(), false).changed()).isEqualTo(2);
        assertThat(rebuildChanged().target()).isEqualTo("changed folds: none");
    }

    @Test
    void more_homes_than_one_rebuild_may_concern_are_refused() {
        store();
        deploy(SOURCE);
        assertThatExceptionOfType(RebuildRefusedException.class)
                .isThrownBy(() -> few(9).run(V1, new RebuildTarget.All(), true))
                .withMessage(
                        "More than 9 homes of 'stock@1' would be rebuilt, and each is kept in memory by name; name fewer, or give the view a new version and build that");
        assertThat(few(10).run(V1, new RebuildTarget.All(), true).rows().homes())
                .isEqualTo(10);
    }

    private Rebuilds few(int maxHomes) {
        return new Rebuilds(
                node.get(Versions.class),
                node.get(Projections.class),
                node.get(ProjectionStore.class),
                node.get(VersionStates.class),
                node.get(ParityCheck.class),
                node.get(EventReader.class),
                HistoryPages.of(node.get(OrderedStream.class)),
                node.get(AggregateHistory.class),
                node.get(FoldFingerprints.class),
                new RebuildOptions(maxHomes, HomeRebuildOptions.defaults()));
    }
}
