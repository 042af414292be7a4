package io.changeover.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.app.rehearsal.RehearsalOptions;
import io.changeover.app.rehearsal.RehearsalResult;
import io.changeover.app.rehearsal.RehearsalResult.Case;
import io.changeover.app.rehearsal.Rehearsals;
import io.changeover.app.rehearsal.Source;
import io.changeover.plan.Plan;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

/** Rehearsals as their user would run them, each on a server of its own. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RehearsalTest {

    private static final TestDatabase SOURCE = TestDatabase.withStore();
    private static final String EXAMPLE =
            "io.changeover.examples.orders.OrdersAutoConfiguration,io.changeover.examples.orders.OrdersWebAutoConfiguration";

    @TempDir
    Path folder;

    private final List<String> progress = new ArrayList<>();
    private Set<String> temporary = new TreeSet<>();

    static {
        TallyDomain.fill(SOURCE);
    }

    @BeforeEach
    void see_what_is_there() {
        temporary = leftovers();
    }

    @AfterEach
    void nothing_is_left_behind() {
        assertThat(leftovers()).isEqualTo(temporary);
    }

    @AfterAll
    static void drop() {
        SOURCE.close();
    }

    private static Set<String> leftovers() {
        String[] names = Objects.requireNonNull(new File(System.getProperty("java.io.tmpdir"))
                .list((parent, name) -> name.startsWith("changeover-rehearsal")));
        return new TreeSet<>(List.of(names));
    }

    private static Map<String, String> settings(String excluded) {
        return new TreeMap<>(Map.of(
                "spring.autoconfigure.exclude", excluded + TestNode.WITHOUT_JPA,
                "spring.flyway.enabled", "true",
                "changeover.serving.time-limit", "5m")); // no machine is so slow
    }

    private RehearsalResult rehearse(int to, Source source) {
        return new Rehearsals(TallyDomain.Known.class)
                .run(
                        new RehearsalOptions(
                                "tallies", to, Plan.standard(), source, Duration.ZERO, null, settings(EXAMPLE + ",")),
                        progress::add);
    }

    private static Source.Database source() {
        return new Source.Database(SOURCE.url(), SOURCE.user(), SOURCE.password(), null);
    }

    @Test
    void the_examples_plan_can_be_carried_out_and_gone_back_from_everywhere() {
        RehearsalResult result = new Rehearsals()
                .run(
                        new RehearsalOptions(
                                "order-board",
                                null,
                                Plan.standard(),
                                new Source.Imported(),
                                Duration.ZERO,
                                null,
                                settings("")),
                        progress::add);
        assertThat(result.cases().stream().filter(each -> each.failure() != null))
                .as(String.join("\n", progress))
                .isEmpty();
        assertThat(result.passed()).isTrue();
        assertThat(result.what()).isEqualTo("order-board from version 1 to 2");
        assertThat(result.events()).isGreaterThan(4_000);
        assertThat(stages(result, "phase"))
                .containsExactly(
                        "declared",
                        "prepared",
                        "backfilling",
                        "catching-up",
                        "verifying",
                        "shadowing",
                        "before the first reader",
                        "shifting at 1 %",
                        "shifting at 1 % again",
                        "shifting at 10 %",
                        "shifting at 10 % again",
                        "shifting at 50 %",
                        "shifting at 50 % again",
                        "serving",
                        "serving again",
                        "soaking",
                        "soaking again",
                        "completed",
                        "completed again");
        assertThat(stages(result, "way back"))
                .containsExactly(
                        "aborted from declared",
                        "aborted from prepared",
                        "aborted from backfilling",
                        "aborted from catching-up",
                        "aborted from verifying",
                        "aborted from shadowing",
                        "rolled back from shifting at 1 %",
                        "rolled back from shifting at 10 %",
                        "rolled back from shifting at 50 %",
                        "rolled back from serving",
                        "rolled back from soaking",
                        "rolled back from completed");
        assertThat(stages(result, "both versions are equal")).hasSizeGreaterThan(15);
        assertThat(stages(result, "shadow reads are answered alike")).contains("shadowing", "shifting at 50 %");
        assertThat(result.junit())
                .contains("failures=\"0\"")
                .contains("classname=\"rehearsal.rolled back from serving\"");
        assertThat(result.document().markdown())
                .contains("this plan can be carried out, and gone back from everywhere.");
    }

    private static List<String> stages(RehearsalResult result, String name) {
        return result.cases().stream()
                .filter(each -> each.name().equals(name))
                .map(Case::stage)
                .toList();
    }

    @Test
    void a_version_that_is_not_equal_fails_with_what_differs_and_the_store_is_only_read() {
        String before = SOURCE.value("select count(*) || ' ' || max(global_index) from public.domain_event_entry");
        RehearsalResult result = rehearse(2, source());
        assertThat(result.events()).isEqualTo(120);
        assertThat(result.passed()).isFalse();
        Case failed = onlyFailure(result);
        // It is built in the stage before, where the check after the phase finds it.
        assertThat(failed.stage()).as(String.join("\n", progress)).isEqualTo("catching-up");
        assertThat(failed.name()).as(String.join("\n", progress)).isEqualTo("both versions are equal");
        assertThat(failed.failure())
                .startsWith("Versions 'tallies@1' and 'tallies@2' are not equal: ")
                .contains("; fields that differ: sum; keys such as 'tally-")
                .endsWith("; explain a row on a server that has both with 'changeover explain', and correct the fold");
        assertThat(result.junit()).contains("failures=\"1\"").contains("<failure message=\"Versions 'tallies@1'");
        assertThat(result.document().markdown()).contains("do not carry out this plan as it is.");
        assertThat(progress).anyMatch(line -> line.startsWith("FAILED  catching-up: both versions are equal: "));
        assertThat(SOURCE.value("select count(*) || ' ' || max(global_index) from public.domain_event_entry"))
                .isEqualTo(before);
        assertThat(SOURCE.value("select count(*) from changeover.view_version")).isEqualTo("0");
    }

    @Test
    void a_fold_that_throws_fails_with_the_event_that_it_cannot_take_also_from_a_dump() throws Exception {
        RehearsalResult result;
        try (TestDatabase overflowing = TestDatabase.withStore()) {
            TallyDomain.fill(overflowing);
            TallyDomain.overflow(overflowing);
            result = rehearse(3, new Source.Dump(dump(overflowing)));
        }
        assertThat(result.events()).isEqualTo(121);
        Case failed = onlyFailure(result);
        assertThat(failed.stage()).isEqualTo("catching-up");
        assertThat(failed.name()).isEqualTo("phase");
        assertThat(failed.failure())
                .startsWith("Version 'tallies@3' cannot apply 1 events, the first of them tally.counted at position ")
                .contains(" for home 'tally-7': ")
                .contains("integer overflow")
                .doesNotContain("\tat ")
                .endsWith("; correct its fold, or add a step for that revision");
    }

    private static Case onlyFailure(RehearsalResult result) {
        List<Case> failed =
                result.cases().stream().filter(each -> each.failure() != null).toList();
        assertThat(failed).hasSize(1);
        return failed.get(0);
    }

    /** As pg_dump writes it, with what else is in such a file around the rows. */
    private Path dump(TestDatabase database) throws SQLException, IOException {
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        try (Connection connection = database.dataSource().getConnection()) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("copy public.domain_event_entry to stdout", rows);
        }
        Path file = folder.resolve("store.sql");
        Files.write(
                file,
                Stream.of(
                                """
                                --
                                -- PostgreSQL database dump
                                --

                                \\restrict x

                                SET client_encoding = 'UTF8';

                                DROP TABLE public.domain_event_entry;

                                COPY public.association_value_entry (id, association_key) FROM stdin;
                                1\tCOPY
                                \\.


                                COPY public.domain_event_entry (global_index, aggregate_identifier, sequence_number, type, event_identifier, meta_data, payload, payload_revision, payload_type, time_stamp) FROM stdin;
                                """,
                                rows.toString(StandardCharsets.UTF_8),
                                "\\.\n\n\n\\unrestrict x\n")
                        .reduce("", String::concat)
                        .getBytes(StandardCharsets.UTF_8));
        return file;
    }
}
