package io.changeover.benchmark.serving.shift;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The reads of one thread, small enough to keep them all. */
final class ReadLog {

    private static final int FIELDS = 4;
    private static final int FIRST = 1 << 14;

    private long[] values = new long[FIRST];
    private int used;

    /** Takes every read. */
    @FunctionalInterface
    interface Visitor {

        /**
         * One read.
         *
         * @param begin before the view was called, in nanoseconds since the epoch
         * @param end after it had answered
         * @param cohort the reader's
         * @param version the one that answered
         */
        void read(long begin, long end, int cohort, int version);
    }

    void add(long begin, long end, int cohort, int version) {
        if (used == values.length) {
            values = Arrays.copyOf(values, 2 * values.length);
        }
        values[used++] = begin;
        values[used++] = end;
        values[used++] = cohort;
        values[used++] = version;
    }

    long size() {
        return used / FIELDS;
    }

    void writeTo(DataOutputStream out) throws IOException {
        for (int i = 0; i < used; i++) {
            out.writeLong(values[i]);
        }
    }

    /** Gives each read of a file to which logs were written. */
    static void visit(Path file, Visitor visitor) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            while (true) {
                long begin;
                try {
                    begin = in.readLong();
                } catch (EOFException end) {
                    return;
                }
                visitor.read(begin, in.readLong(), (int) in.readLong(), (int) in.readLong());
            }
        }
    }
}
