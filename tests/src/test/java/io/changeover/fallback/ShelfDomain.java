package io.changeover.fallback;

import io.changeover.event.EventType;
import io.changeover.view.Canonical;
import io.changeover.view.Fold;
import io.changeover.view.Key;
import io.changeover.view.Serves;
import io.changeover.view.View;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Books on shelves, in two versions of one view that always say the same. */
public final class ShelfDomain {

    /** Whether the reads of version 2 have a defect. */
    static volatile boolean broken;

    /** Calls that have reached the reads of version 2. */
    static final AtomicInteger ASKED = new AtomicInteger();

    private ShelfDomain() {}

    /** Makes the domain known to a node. */
    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage
    static class Known {}

    @EventType(name = "book.shelved")
    record Shelved(String isbn, String shelf) {}

    record Place(@Key String isbn, String shelf) {}

    /** What readers inject. */
    public interface Shelves {

        /** The shelf of a book. */
        String shelfOf(String isbn);
    }

    @View(name = "shelf", version = 1)
    static class ShelfV1 {

        record Row(@Key String isbn, String shelf) {}

        @Fold
        Row on(Shelved event) {
            return new Row(event.isbn(), event.shelf());
        }

        @Canonical
        Place place(Row row) {
            return new Place(row.isbn(), row.shelf());
        }
    }

    @View(name = "shelf", version = 2)
    static class ShelfV2 {

        record Row(@Key String isbn, String place) {}

        @Fold
        Row on(Shelved event) {
            return new Row(event.isbn(), event.shelf());
        }

        @Canonical
        Place place(Row row) {
            return new Place(row.isbn(), row.place());
        }
    }

    @Serves(view = "shelf", version = 1)
    static class ShelfV1Reads implements Shelves {

        private final JdbcClient jdbc;

        ShelfV1Reads(JdbcClient jdbc) {
            this.jdbc = jdbc;
        }

        @Override
        public String shelfOf(String isbn) {
            return jdbc.sql("select shelf from views.shelf_v1 where isbn = ?")
                    .param(isbn)
                    .query(String.class)
                    .single();
        }
    }

    @Serves(view = "shelf", version = 2)
    static class ShelfV2Reads implements Shelves {

        private final JdbcClient jdbc;
        private final TransactionTemplate transactions;

        ShelfV2Reads(JdbcClient jdbc, TransactionTemplate transactions) {
            this.jdbc = jdbc;
            this.transactions = transactions;
        }

        @Override
        public String shelfOf(String isbn) {
            ASKED.incrementAndGet();
            String column = broken ? "no_such_column" : "place";
            // In a transaction, as teams often mark their reads; it dooms the one it takes part in when it fails.
            return transactions.execute(
                    status -> jdbc.sql("select %s from views.shelf_v2 where isbn = ?".formatted(column))
                            .param(isbn)
                            .query(String.class)
                            .single());
        }
    }
}
