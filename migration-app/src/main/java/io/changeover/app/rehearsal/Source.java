package io.changeover.app.rehearsal;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the events of a rehearsal come from. Nothing is ever written there. */
public sealed interface Source permits Source.Dump, Source.Database, Source.Imported {

    /** What people are told of it; no secret is in it. */
    String text();

    /**
     * A plain dump, as {@code pg_dump} writes by default. Only the rows of the event table are taken from it; no statement
     * of it is executed.
     *
     * @param file the file
     */
    record Dump(Path file) implements Source {

        @Override
        public String text() {
            return "dump %s".formatted(file);
        }
    }

    /**
     * A database, read in one snapshot.
     *
     * @param url JDBC address, without a password
     * @param user name of the user, or null where the address has it or none is needed
     * @param password the password, or null where none is needed
     * @param sample how many aggregates are taken, whole, beside the changeovers' own; null for all
     */
    record Database(String url, @Nullable String user, @Nullable String password, @Nullable Integer sample)
            implements Source {

        /** @throws IllegalArgumentException when the address is none of PostgreSQL or names a password, or the sample is none */
        public Database {
            if (!url.startsWith("jdbc:postgresql:")) {
                throw new IllegalArgumentException(
                        "The address of the store must begin with jdbc:postgresql: but does not; correct --from");
            }
            if (url.contains("password=")) {
                throw new IllegalArgumentException(
                        "The address of the store has a password in it, which other users of this machine can see; take it out and set CHANGEOVER_FROM_PASSWORD");
            }
            if (sample != null && sample < 1) {
                throw new IllegalArgumentException(
                        "The sample has %d aggregates but must have 1 or more; correct --sample".formatted(sample));
            }
        }

        @Override
        public String text() {
            String store = url.contains("?") ? url.substring(0, url.indexOf('?')) : url;
            return sample == null ? store : "%,d aggregates of %s".formatted(sample, store);
        }

        @Override
        public String toString() {
            return text();
        }
    }

    /** What the domain brings into an empty store when it starts. */
    record Imported() implements Source {

        @Override
        public String text() {
            return "what the domain imports at its start";
        }
    }
}
