package io.changeover.freshness;

import io.changeover.freshness.NoteDomain.Notes;
import io.changeover.freshness.NoteDomain.Numbered;
import io.changeover.freshness.NoteDomain.Opened;
import io.changeover.serving.ReadPosition;
import io.changeover.serving.Reader;
import io.changeover.serving.ReaderContext;
import io.changeover.testkit.TestNode;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;

/** A client that writes and reads a note of its own and carries the position from one request to the next. */
final class NoteClient {

    static final Duration LONG = Duration.ofSeconds(30);

    final String note;
    private final TestNode node;
    private final Reader reader;
    private long sequence;
    ReadPosition position = ReadPosition.at(0);

    /** Version that answered the last read. */
    int served;

    NoteClient(TestNode node, String note, String routingKey) {
        this.node = node;
        this.note = note;
        this.reader = Reader.of(routingKey);
        append(new Opened(note));
    }

    void write(long number) {
        append(new Numbered(note, number));
    }

    private void append(Object event) {
        ReadPosition written = ReaderContext.callAs(reader, () -> {
            node.get(EventStore.class).publish(new GenericDomainEventMessage<>("Note", note, sequence++, event));
            return node.get(WrittenPositions.class)
                    .of(ReaderContext.current().orElseThrow().writtenEvents())
                    .orElseThrow();
        });
        position = position.and(written);
    }

    /** What a read with the position shows. */
    OptionalLong read(Duration patience) {
        return read(reader.after(position, patience));
    }

    /** What a read with the position shows that asks for a version of its own choice. */
    OptionalLong readFrom(int version) {
        return read(reader.after(position, Duration.ZERO).overriding(Map.of("note", version)));
    }

    /** What a read without the position shows. */
    OptionalLong readPlainly() {
        return read(reader);
    }

    private OptionalLong read(Reader as) {
        return ReaderContext.callAs(as, () -> {
            OptionalLong number = node.get(Notes.class).number(note);
            ReaderContext context = ReaderContext.current().orElseThrow();
            context.seen().ifPresent(seen -> position = position.and(seen));
            served = context.served().get("note");
            return number;
        });
    }
}
