package io.changeover.benchmark.soak;

import io.changeover.benchmark.invoice.Faulty;
import io.changeover.benchmark.invoice.Keys;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * The invoices that one writer is in charge of: every so many-th by number. Knows which are there, also while a
 * transaction is open, and forgets what a transaction did that is rolled back.
 */
final class OwnInvoices {

    private static final int TRIES = 20;

    private final int writer;
    private final int writers;
    private final Set<Long> withdrawn = new HashSet<>();
    private final Set<Long> beingWithdrawn = new HashSet<>();
    private final List<Long> faulty = new ArrayList<>();
    private long issued;
    private long beingIssued;

    /**
     * @param writer number of the writer, from 0
     * @param rows invoices that are there, numbered from 1
     */
    OwnInvoices(int writer, int writers, long rows) {
        this.writer = writer;
        this.writers = writers;
        this.issued = writer >= rows ? 0 : (rows - 1 - writer) / writers + 1;
        LongStream.range(0, issued)
                .map(this::number)
                .filter(number -> Faulty.shows(Keys.sequential(number)))
                .forEach(faulty::add);
    }

    private long number(long index) {
        return index * writers + writer + 1;
    }

    /** Number of a new invoice. */
    long issue() {
        return number(issued + beingIssued++);
    }

    /** Number of any invoice that is there; empty when hardly any is. */
    OptionalLong any(Random random) {
        for (int i = 0; i < TRIES && issued > 0; i++) {
            long number = number(random.nextLong(issued));
            if (isThere(number)) {
                return OptionalLong.of(number);
            }
        }
        return OptionalLong.empty();
    }

    /** Number of an invoice that is there and shows the fault; empty when there is none. */
    OptionalLong anyFaulty(Random random) {
        if (faulty.isEmpty()) {
            return OptionalLong.empty();
        }
        long number = faulty.get(random.nextInt(faulty.size()));
        return isThere(number) ? OptionalLong.of(number) : OptionalLong.empty();
    }

    private boolean isThere(long number) {
        return !withdrawn.contains(number) && !beingWithdrawn.contains(number);
    }

    void withdraw(long number) {
        beingWithdrawn.add(number);
    }

    void committed() {
        withdrawn.addAll(beingWithdrawn);
        LongStream.range(issued, issued + beingIssued)
                .map(this::number)
                .filter(number -> Faulty.shows(Keys.sequential(number)))
                .forEach(faulty::add);
        issued += beingIssued;
        rolledBack();
    }

    void rolledBack() {
        beingWithdrawn.clear();
        beingIssued = 0;
    }
}
