package io.changeover.routing;

import io.changeover.event.EventType;
import io.changeover.view.Canonical;
import io.changeover.view.CanonicalSql;
import io.changeover.view.Fold;
import io.changeover.view.Key;
import io.changeover.view.Serves;
import io.changeover.view.View;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.context.annotation.Configuration;

/** Signals in two versions of one view, whose readers are answered without the database. */
final class SignalDomain {

    static final String VIEW = "signal-board";

    private SignalDomain() {}

    /** Makes the domain known to a node. */
    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage
    static class Known {}

    @EventType(name = "signal.raised")
    record Raised(String signal, String note) {}

    record Signal(@Key String signal, String note) {}

    @View(name = VIEW, version = 1)
    static class SignalBoardV1 {

        record Row(@Key String signal, String note) {}

        @Fold
        Row on(Raised event) {
            return new Row(event.signal(), event.note());
        }

        @Fold
        Row on(Row row, Raised event) {
            return new Row(event.signal(), event.note());
        }

        @Canonical
        @CanonicalSql
        Signal signal(Row row) {
            return new Signal(row.signal(), row.note());
        }
    }

    @View(name = VIEW, version = 2)
    static class SignalBoardV2 {

        record Row(@Key String signal, String text) {}

        @Fold
        Row on(Raised event) {
            return new Row(event.signal(), event.note());
        }

        @Fold
        Row on(Row row, Raised event) {
            return new Row(event.signal(), event.note());
        }

        @Canonical
        @CanonicalSql("note = text")
        Signal signal(Row row) {
            return new Signal(row.signal(), row.text());
        }
    }

    /** What readers ask. */
    interface SignalBoard {

        int version();
    }

    @Serves(view = VIEW, version = 1)
    static class SignalBoardV1Reads implements SignalBoard {

        @Override
        public int version() {
            return 1;
        }
    }

    @Serves(view = VIEW, version = 2)
    static class SignalBoardV2Reads implements SignalBoard {

        @Override
        public int version() {
            return 2;
        }
    }
}
