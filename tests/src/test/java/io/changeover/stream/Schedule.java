package io.changeover.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.testkit.EventWriter;
import io.changeover.testkit.TestDatabase;
import java.sql.Savepoint;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * One interleaving of writers and readers, told by its seed alone. Everything happens on one thread: a writer does a
 * step, or a reader reads; and where the readers' data source calls {@link #interrupt()} around each statement, writers
 * and other readers also come between the statements of one read. Keeps count of what was truly committed.
 */
final class Schedule {

    /** What is under test: something that gives the events after a position. */
    interface Source {
        Page read(long after, int limit);
    }

    private static final class Reader {
        private final String name;
        private final Source source;
        private final Predicate<String> wanted;
        private final List<Long> delivered = new ArrayList<>();
        private long position;
        private boolean reading;

        private Reader(String name, Source source, Predicate<String> wanted, long start) {
            this.name = name;
            this.source = source;
            this.wanted = wanted;
            this.position = start;
        }

        private boolean read(int limit) {
            reading = true;
            Page page = source.read(position, limit);
            reading = false;
            assertThat(page.position()).as("%s goes forward", name).isGreaterThanOrEqualTo(position);
            assertThat(page.events()).as("%s keeps the limit", name).hasSizeLessThanOrEqualTo(limit);
            page.events().forEach(event -> delivered.add(event.position()));
            boolean moved = page.position() > position;
            position = page.position();
            return moved;
        }
    }

    private static final class Writer {
        private final EventWriter session;
        private final Map<Long, String> open = new TreeMap<>();
        private final Deque<Map.Entry<Savepoint, Map<Long, String>>> savepoints = new ArrayDeque<>();

        private Writer(EventWriter session) {
            this.session = session;
        }

        private void forget() {
            open.clear();
            savepoints.clear();
        }
    }

    private static final List<String> NAMES = List.of("thing.done", "thing.undone");

    private final Random random;
    private final long seed;
    private final TestDatabase database;
    private final List<Writer> writers;
    private final List<Reader> readers = new ArrayList<>();
    private final Map<String, Map<Long, String>> prepared = new LinkedHashMap<>();
    private final Map<Long, String> committed = new TreeMap<>();
    private final long start;
    private final double interrupting;
    private final double ending;
    private int preparedCount;
    private boolean quiet;

    Schedule(long seed, TestDatabase database, List<EventWriter> sessions, long start) {
        this.seed = seed;
        this.random = new Random(seed);
        this.database = database;
        this.writers = sessions.stream().map(Writer::new).toList();
        this.start = start;
        this.interrupting = 0.5 * random.nextDouble();
        this.ending = 0.6 * random.nextDouble();
    }

    /** Lets writers do some steps, or another reader read, between two statements of a read. */
    void interrupt() {
        while (!quiet && random.nextDouble() < interrupting) {
            if (random.nextInt(3) == 0) {
                read(pick(readers));
            } else {
                writerStep();
            }
        }
    }

    private void read(Reader reader) {
        if (!reader.reading) {
            reader.read(1 + random.nextInt(6));
        }
    }

    /** Adds a reader of all events. */
    Schedule reader(String name, Source source) {
        readers.add(new Reader(name, source, any -> true, start));
        return this;
    }

    /** Adds a reader of the events with one name. */
    Schedule reader(String name, Source source, String wanted) {
        readers.add(new Reader(name, source, wanted::equals, start));
        return this;
    }

    /** Runs to the end, when every transaction has ended, and returns the position where the next one can start. */
    long run() {
        int steps = 10 + random.nextInt(25);
        for (int i = 0; i < steps; i++) {
            if (random.nextInt(3) == 0) {
                read(pick(readers));
            } else {
                writerStep();
            }
        }
        quiet = true;
        writers.forEach(writer -> end(writer, random.nextBoolean()));
        List.copyOf(prepared.keySet()).forEach(this::endPrepared);
        for (Reader reader : readers) {
            boolean moved = true;
            while (moved) {
                // Nobody is at work any more, so a read that does not move must be at the end.
                moved = reader.read(1 + random.nextInt(6));
            }
        }
        return Math.max(
                start,
                committed.keySet().stream().mapToLong(Long::longValue).max().orElse(0));
    }

    /** Fails unless each reader was given every committed event that it wants, once and in order. */
    void verify() {
        for (Reader reader : readers) {
            assertThat(reader.delivered)
                    .as("what %s was given in the schedule of seed %d", reader.name, seed)
                    .isEqualTo(expected(reader));
        }
    }

    private List<Long> expected(Reader reader) {
        return committed.entrySet().stream()
                .filter(event -> reader.wanted.test(event.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private void writerStep() {
        Writer writer = pick(writers);
        if (random.nextDouble() < ending) {
            end(writer, random.nextInt(3) > 0);
            return;
        }
        switch (random.nextInt(12)) {
            case 0, 1, 2, 3, 4 -> append(writer);
            case 5 -> writer.session.run("select nextval('domain_event_entry_global_index_seq')");
            case 6 -> writer.savepoints.push(Map.entry(writer.session.savepoint(), Map.copyOf(writer.open)));
            case 7 -> rollbackToSavepoint(writer);
            case 8 -> end(writer, false);
            case 9 -> prepare(writer);
            default -> end(writer, true);
        }
    }

    private void append(Writer writer) {
        String name = pick(NAMES);
        writer.open.put(writer.session.append(name), name);
    }

    private void rollbackToSavepoint(Writer writer) {
        if (!writer.savepoints.isEmpty()) {
            Map.Entry<Savepoint, Map<Long, String>> savepoint = writer.savepoints.pop();
            writer.session.rollback(savepoint.getKey());
            writer.open.clear();
            writer.open.putAll(savepoint.getValue());
        }
    }

    private void prepare(Writer writer) {
        if (prepared.size() > 2) {
            endPrepared(prepared.keySet().iterator().next());
            return;
        }
        String id = "schedule-%d-%d".formatted(seed, preparedCount++);
        writer.session.prepare(id);
        prepared.put(id, Map.copyOf(writer.open));
        writer.forget();
    }

    private void endPrepared(String id) {
        Map<Long, String> events = prepared.remove(id);
        if (random.nextBoolean()) {
            database.run("commit prepared '%s'".formatted(id));
            committed.putAll(events);
        } else {
            database.run("rollback prepared '%s'".formatted(id));
        }
    }

    private void end(Writer writer, boolean commit) {
        if (commit) {
            writer.session.commit();
            committed.putAll(writer.open);
        } else {
            writer.session.rollback();
        }
        writer.forget();
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
