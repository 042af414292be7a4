package io.changeover.app.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.testkit.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StoreCopyTest {

    private static final TestDatabase STORE = TestDatabase.withStore();

    static {
        STORE.run(
                """
                insert into public.domain_event_entry (aggregate_identifier, sequence_number, type, event_identifier,
                    meta_data, payload, payload_revision, payload_type, time_stamp)
                select 'thing-' || t, n, 'Thing', gen_random_uuid(), '{}', convert_to('{"text":"é\\t"}', 'UTF8'), null,
                    'thing.done', '2026-01-01T00:00:00Z' from generate_series(0, 2) n, generate_series(1, 50) t""",
                """
                insert into public.domain_event_entry (aggregate_identifier, sequence_number, type, event_identifier,
                    meta_data, payload, payload_revision, payload_type, time_stamp)
                values ('changeover:things', 0, 'Changeover', gen_random_uuid(), '{}', '{}', '1',
                    'changeover.view-registered', '2026-01-01T00:00:00Z')""");
    }

    private final TestDatabase copy = TestDatabase.withStore();

    @TempDir
    Path folder;

    @AfterEach
    void drop_the_copy() {
        copy.close();
    }

    @AfterAll
    static void drop() {
        STORE.close();
    }

    private void fill(Source source) throws Exception {
        try (Connection connection = copy.dataSource().getConnection()) {
            new StoreCopy(connection).fill(source);
        }
    }

    private static Source.Database all(Integer sample) {
        return new Source.Database(STORE.url(), STORE.user(), STORE.password(), sample);
    }

    private static final String HASH =
            "select count(*) || ' ' || sum(hashtextextended(t::text, 0)) from public.domain_event_entry t";

    @Test
    void every_event_is_copied_at_its_position_and_the_next_one_comes_after_them() throws Exception {
        fill(all(null));
        assertThat(copy.value(HASH)).isEqualTo(STORE.value(HASH));
        assertThat(copy.value("select nextval(pg_get_serial_sequence('public.domain_event_entry', 'global_index'))"))
                .isEqualTo("152");
    }

    @Test
    void a_sample_has_whole_aggregates_and_the_events_of_changeovers() throws Exception {
        fill(all(7));
        assertThat(
                        copy.value(
                                "select count(*) || ' ' || count(distinct aggregate_identifier) from public.domain_event_entry where payload_type = 'thing.done'"))
                .isEqualTo("21 7");
        assertThat(copy.value("select count(*) from public.domain_event_entry where payload_type like 'changeover.%'"))
                .isEqualTo("1");
    }

    @Test
    void what_is_no_plain_dump_is_refused_with_the_way_to_one() throws Exception {
        assertRefused(
                "PGDMP then bytes",
                "Dump '%1$s' is of pg_dump's custom format, which only pg_restore reads; make it plain with 'pg_restore --data-only --table=domain_event_entry --file=events.sql %1$s' and give events.sql");
        assertRefused("\u001f\u008bbytes", "Dump '%s' is compressed; unpack it with gunzip first");
        assertRefused(
                "INSERT INTO public.domain_event_entry VALUES (1);\n",
                "Dump '%s' has the events as INSERT statements, and nothing of a dump is executed; make one without --inserts");
        assertRefused(
                "COPY public.other (a) FROM stdin;\n1\n\\.\n",
                "Dump '%s' has no rows of table public.domain_event_entry, which is Axon's event store; dump the database that has it, with its data");
        assertRefused(
                "COPY public.domain_event_entry (global_index, aggregate_identifier) FROM stdin;\n",
                "Dump '%s' ends in the middle of a table; dump again");
        assertThat(copy.value("select count(*) from public.domain_event_entry")).isEqualTo("0");
    }

    @Test
    void a_file_that_is_not_there_and_a_store_without_events_are_refused() throws Exception {
        Path missing = folder.resolve("missing.sql");
        assertThatThrownBy(() -> fill(new Source.Dump(missing)))
                .hasMessage("Dump '%s' is not there; correct --dump".formatted(missing));
        try (TestDatabase empty = TestDatabase.withStore()) {
            assertThatThrownBy(() -> fill(new Source.Database(empty.url(), empty.user(), empty.password(), null)))
                    .hasMessageEndingWith(
                            " has no event of the domain, and a rehearsal on nothing proves nothing; name a store that has some");
        }
        try (TestDatabase foreign = TestDatabase.empty()) {
            assertThatThrownBy(() -> fill(new Source.Database(foreign.url(), foreign.user(), foreign.password(), null)))
                    .hasMessageEndingWith(
                            " has no table public.domain_event_entry, which is Axon's event store; name the database that has it");
        }
    }

    private void assertRefused(String content, String message) throws Exception {
        Path file = folder.resolve("dump");
        Files.write(file, content.getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> fill(new Source.Dump(file))).hasMessage(message.formatted(file));
    }
}
