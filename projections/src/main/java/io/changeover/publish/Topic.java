package io.changeover.publish;

import io.changeover.upcast.Contract;
import io.changeover.upcast.Revision;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A topic, and what its readers are promised: every event that the contract concerns, in a revision that it names,
 * whichever revision the event was written in.
 *
 * @param name name of the topic, such as {@code orders.v1}: 1 to 200 letters, digits, dots, underscores and hyphens
 * @param contract the revisions that readers know
 * @param consumers names of those who are known to read it; whom to ask before it goes
 * @param partitions number of partitions, from 1; it can never change, since the order of each key would break
 * @param replication copies of each partition, or -1 for as many as the brokers make by default
 * @param sunset when the topic ends, or null while nobody knows; it is announced, and events go on until then
 */
public record Topic(
        String name,
        Contract contract,
        List<String> consumers,
        int partitions,
        short replication,
        @Nullable Instant sunset) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,199}");
    private static final int MOST_PARTITIONS = 10_000;

    /** @throws IllegalArgumentException when something of it cannot be; the message says what and how to correct it */
    public Topic {
        consumers = List.copyOf(consumers);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "Topic '%s' must have 1 to 200 letters, digits, dots, underscores and hyphens, and begin with a letter or digit; rename it"
                            .formatted(name));
        }
        if (contract.revisions().isEmpty()) {
            throw new IllegalArgumentException(
                    "Topic '%s' promises no revision, so no event would ever be on it; name the revisions that its readers know"
                            .formatted(name));
        }
        if (partitions < 1 || partitions > MOST_PARTITIONS || replication == 0 || replication < -1) {
            throw new IllegalArgumentException(
                    "Topic '%s' has %d partitions in %d copies but must have 1 to %d in at least one, or -1 for the brokers' default; correct it"
                            .formatted(name, partitions, replication, MOST_PARTITIONS));
        }
    }

    /** A topic of twelve partitions, in as many copies as the brokers make, that nobody is known to read. */
    public static Topic of(String name, Revision... revisions) {
        return new Topic(name, Contract.of(name, List.of(revisions)), List.of(), 12, (short) -1, null);
    }

    /** The same with another number of partitions. */
    public Topic inPartitions(int number) {
        return new Topic(name, contract, consumers, number, replication, sunset);
    }

    /** The same in another number of copies. */
    public Topic replicated(int copies) {
        return new Topic(name, contract, consumers, partitions, (short) copies, sunset);
    }

    /** The same, read by these. */
    public Topic readBy(String... names) {
        return new Topic(name, contract, List.of(names), partitions, replication, sunset);
    }

    /** The same, which ends at that time. */
    public Topic until(Instant end) {
        return new Topic(name, contract, consumers, partitions, replication, end);
    }
}
