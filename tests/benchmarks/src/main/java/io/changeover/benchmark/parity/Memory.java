package io.changeover.benchmark.parity;

import io.changeover.benchmark.bench.Report;
import io.changeover.benchmark.invoice.InvoiceBoards;
import io.changeover.benchmark.replay.store.Database;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The most memory that a comparison of many rows needs, against one of a tenth of the rows, in the same heap. */
final class Memory {

    private static final String COPY = "parity_memory";
    private static final int TIMES = 10;
    private static final double GOAL = 1.2;
    private static final double MIB = 1 << 20;

    private final Bench bench;
    private final Report report;

    Memory(Bench bench) {
        this.bench = bench;
        this.report = bench.report();
    }

    void run() {
        long many = bench.options().memoryRows();
        long few = many / TIMES;
        report.section("Memory of comparing %s with %s, %,d and %,d rows, heap up to %s"
                .formatted(
                        InvoiceBoards.OLD,
                        InvoiceBoards.NEW,
                        few,
                        many,
                        bench.options().heap()));
        report.line("Heap is what is in use right after a full collection, of which one follows on another.");
        double cleanFew = clean(few);
        double cleanMany = clean(many);
        double differentFew = different(few);
        double differentMany = different(many);
        report.goal("heap for ten times the rows, clean", cleanMany / cleanFew, false, GOAL);
        report.goal("heap for ten times the rows, 1 % different", differentMany / differentFew, false, GOAL);
    }

    private double clean(long rows) {
        return mib("clean", bench.stores().of(rows), rows, 0);
    }

    private double different(long rows) {
        Database store = bench.stores().copy(rows, COPY);
        double mib;
        try (Planted planted = OnePercent.into(store)) {
            mib = mib("1 % different", store, rows, planted.count());
        }
        bench.server().drop(COPY);
        return mib;
    }

    private double mib(String what, Database store, long rows, long differing) {
        bench.server().settle();
        Map<String, Long> told = child(store);
        report.require(
                told.getOrDefault("compared", -1L) == rows && told.getOrDefault("differing", -1L) == differing,
                "%,d rows, %s: %,d compared, %,d differ",
                rows,
                what,
                told.getOrDefault("compared", -1L),
                told.getOrDefault("differing", -1L));
        double mib = told.getOrDefault("heap", 0L) / MIB;
        report.line(
                "%,d rows, %s: at most %,.1f MiB of heap in use, %,.1f MiB before, %,.0f MiB resident",
                rows, what, mib, told.getOrDefault("before", 0L) / MIB, told.getOrDefault("resident", 0L) / 1024.0);
        return mib;
    }

    private Map<String, Long> child(Database store) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + bench.options().heap(),
                "-cp",
                System.getProperty("java.class.path"),
                ParityChild.class.getName(),
                store.url(),
                store.user()));
        bench.options().settings().forEach((name, value) -> command.add(name + "=" + value));
        Map<String, Long> told = new HashMap<>();
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (BufferedReader lines = process.inputReader()) {
                lines.lines().map(line -> line.split(" ")).forEach(words -> told.put(words[0], Long.valueOf(words[1])));
            }
            int status = process.waitFor();
            if (status != 0) {
                throw new IllegalStateException("the process of a comparison ended with status " + status);
            }
            return told;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a process ran", e);
        }
    }
}
