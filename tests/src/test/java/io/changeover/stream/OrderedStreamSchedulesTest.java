package io.changeover.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.event.StoredEvent;
import io.changeover.testkit.EventWriter;
import io.changeover.testkit.TestDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OrderedStreamSchedulesTest {

    private static final int SCHEDULES = 1_000;
    private static final EventTable TABLE = EventTable.ofSpring();

    private TestDatabase database;
    private InterruptedDataSource dataSource;
    private List<EventWriter> writers;

    @BeforeEach
    void open() {
        database = TestDatabase.withStore();
        dataSource = new InterruptedDataSource(database.dataSource());
        writers = Stream.generate(() -> new EventWriter(database.dataSource()))
                .limit(4)
                .toList();
    }

    @AfterEach
    void close() {
        writers.forEach(EventWriter::close);
        database.close();
    }

    @Test
    void every_reader_is_given_every_committed_event_once_and_in_order_whatever_the_schedule() {
        OrderedStream shared = new OrderedStream(dataSource, TABLE);
        long start = 0;
        for (long seed = 1; seed <= SCHEDULES; seed++) {
            OrderedStream own = new OrderedStream(dataSource, TABLE);
            OrderedStream another = new OrderedStream(dataSource, TABLE);
            Schedule schedule = schedule(seed, start)
                    .reader("one with a stream of its own", own::read)
                    .reader("another with a stream of its own", another::read)
                    .reader("one that shares a stream", shared::read)
                    .reader("another that shares it", shared::read)
                    .reader(
                            "one of some names that shares it",
                            (after, limit) -> shared.read(after, limit, Set.of("thing.undone")),
                            "thing.undone");
            start = run(schedule);
            schedule.verify();
        }
        // Else the writers did nothing that was worth a schedule.
        assertThat(start).isGreaterThan(SCHEDULES * 5L);
    }

    @Test
    void a_reader_that_only_asks_for_later_positions_is_caught_losing_events() {
        JdbcClient client = JdbcClient.create(dataSource);
        int caught = 0;
        long start = 0;
        for (long seed = 1; seed <= 100; seed++) {
            Schedule schedule =
                    schedule(seed, start).reader("a naive one", (after, limit) -> later(client, after, limit));
            start = run(schedule);
            try {
                schedule.verify();
            } catch (AssertionError lost) {
                caught++;
            }
        }
        assertThat(caught).isGreaterThan(20);
    }

    private Schedule schedule(long seed, long start) {
        return new Schedule(seed, database, writers, start);
    }

    private long run(Schedule schedule) {
        dataSource.interruptWith(schedule::interrupt);
        return schedule.run();
    }

    private static Page later(JdbcClient client, long after, int limit) {
        List<StoredEvent> events = client.sql(
                        "select global_index from domain_event_entry where global_index > ? order by 1 limit ?")
                .params(after, limit)
                .query((row, number) -> new StoredEvent(
                        row.getLong(1), "", null, "", 0, "", null, new byte[0], new byte[0], Instant.EPOCH))
                .list();
        return new Page(
                events, events.isEmpty() ? after : events.get(events.size() - 1).position());
    }
}
