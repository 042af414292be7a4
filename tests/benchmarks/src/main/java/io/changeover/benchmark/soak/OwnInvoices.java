package io.changeover.benchmark.soak;

import io.changeover.benchmark.invoice.Faulty;
import io.changeover.benchmark.invoice.Keys;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * The invoices that one writer is in charge of: every so many-th by number. Knows which are there, also while a
 * transaction is open, and forgets what a transaction did that is rolled back. Beside them it has some numbers of
 * invoices that are not there yet and will show the fault.
 */
final class OwnInvoices {

    private static final int TRIES = 20;
    private static final int SPARE = 10;

    /** Far beyond what a writer comes to by counting, and still of nine digits. */
    private static final long SPARE_FROM = 500_000_000;

    private final int writer;
    private final int writers;
    private final Set<Long> withdrawn = new HashSet<>();
    private final Set<Long> beingWithdrawn = new HashSet<>();
    private final List<Long> faulty = new ArrayList<>();
    private final Deque<Long> spare = new ArrayDeque<>();
    private final Deque<Long> spareBeingIssued = new ArrayDeque<>();
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
        LongStream.iterate(SPARE_FROM + writer, number -> number + writers)
                .filter(number -> Faulty.shows(Keys.sequential(number)))
                .limit(SPARE)
                .forEach(spare::add);
    }

    private long number(long index) {
        return index * writers + writer + 1;
    }

    /** Number of a new invoice. */
    long issue() {
        return number(issued + beingIssued++);
    }

    /** Number of a new invoice that will show the fault; empty when all are used up. */
    OptionalLong issueFaulty() {
        if (spare.isEmpty()) {
            return OptionalLong.empty();
        }
        spareBeingIssued.add(spare.remove());
        return OptionalLong.of(spareBeingIssued.getLast());
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
        faulty.addAll(spareBeingIssued);
        spareBeingIssued.clear();
        rolledBack();
    }

    void rolledBack() {
        beingWithdrawn.clear();
        beingIssued = 0;
        while (!spareBeingIssued.isEmpty()) {
            spare.addFirst(spareBeingIssued.removeLast());
        }
    }
}
