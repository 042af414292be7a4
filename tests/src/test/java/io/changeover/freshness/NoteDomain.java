package io.changeover.freshness;

import io.changeover.event.EventType;
import io.changeover.view.Canonical;
import io.changeover.view.Fold;
import io.changeover.view.Key;
import io.changeover.view.Serves;
import io.changeover.view.View;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** Notes that carry a number, in two versions of one view whose folds a test can hold, slow down and break. */
public final class NoteDomain {

    /** What the folds of a version wait for, by number. */
    private static final Map<Integer, CountDownLatch> HELD = new ConcurrentHashMap<>();

    /** Notes for which the fold of version 1 throws. */
    static final Set<String> BROKEN = ConcurrentHashMap.newKeySet();

    /** How long the folds of version 1 take, in milliseconds. */
    static volatile int slowness;

    private NoteDomain() {}

    static void hold(int version) {
        HELD.put(version, new CountDownLatch(1));
    }

    static void release(int version) {
        CountDownLatch latch = HELD.remove(version);
        if (latch != null) {
            latch.countDown();
        }
    }

    private static void pass(int version) {
        CountDownLatch latch = HELD.get(version);
        try {
            if (latch != null) {
                latch.await();
            }
            if (version == 1 && slowness > 0) {
                Thread.sleep(slowness);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Makes the domain known to a node. */
    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage
    static class Known {}

    @EventType(name = "note.opened")
    record Opened(String note) {}

    @EventType(name = "note.numbered")
    record Numbered(String note, long number) {}

    record Note(@Key String note, long number) {}

    /** What readers ask. */
    public interface Notes {

        OptionalLong number(String note);
    }

    @View(name = "note", version = 1)
    static class NoteV1 {

        record Row(@Key String note, long number) {}

        @Fold
        Row on(Opened event) {
            pass(1);
            return new Row(event.note(), 0);
        }

        @Fold
        Row on(Row row, Numbered event) {
            pass(1);
            if (BROKEN.contains(event.note())) {
                throw new IllegalStateException("note " + event.note() + " is broken");
            }
            return new Row(row.note(), event.number());
        }

        @Canonical
        Note note(Row row) {
            return new Note(row.note(), row.number());
        }
    }

    @View(name = "note", version = 2)
    static class NoteV2 {

        record Row(@Key String note, long number, int changes) {}

        @Fold
        Row on(Opened event) {
            pass(2);
            return new Row(event.note(), 0, 0);
        }

        @Fold
        Row on(Row row, Numbered event) {
            pass(2);
            return new Row(row.note(), event.number(), row.changes() + 1);
        }

        @Canonical
        Note note(Row row) {
            return new Note(row.note(), row.number());
        }
    }

    private record Reads(JdbcTemplate jdbc, int version) {

        OptionalLong number(String note) {
            return jdbc
                    .queryForList(
                            "select number from views.note_v%d where note = ?".formatted(version), Long.class, note)
                    .stream()
                    .mapToLong(Long::longValue)
                    .findFirst();
        }
    }

    @Serves(view = "note", version = 1)
    static class NoteV1Reads implements Notes {

        private final Reads reads;

        NoteV1Reads(JdbcTemplate jdbc) {
            this.reads = new Reads(jdbc, 1);
        }

        @Override
        public OptionalLong number(String note) {
            return reads.number(note);
        }
    }

    @Serves(view = "note", version = 2)
    static class NoteV2Reads implements Notes {

        private final Reads reads;

        NoteV2Reads(JdbcTemplate jdbc) {
            this.reads = new Reads(jdbc, 2);
        }

        @Override
        public OptionalLong number(String note) {
            return reads.number(note);
        }
    }
}
