package io.changeover.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Counts the records of an export as they go by. A stream that breaks off ends here, so that whoever copies it sees only
 * failures of the other side.
 */
final class CountedRecords extends FilterInputStream {

    private final boolean csv;
    private long lines;
    private boolean quoted;
    private boolean open;
    private boolean broken;

    /** @param csv whether it is CSV, in which line ends can be part of a value and the first line is a header */
    CountedRecords(InputStream in, boolean csv) {
        super(in);
        this.csv = csv;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read;
        try {
            read = super.read(bytes, offset, length);
        } catch (IOException e) {
            broken = true;
            return -1;
        }
        for (int i = offset; i < offset + read; i++) {
            open = true;
            if (csv && bytes[i] == '"') {
                quoted = !quoted;
            } else if (bytes[i] == '\n' && !quoted) {
                lines++;
                open = false;
            }
        }
        return read;
    }

    /** Whole records that have gone by. */
    long records() {
        return csv ? Math.max(0, lines - 1) : lines;
    }

    /** Whether the stream ended by itself and with the end of a record. */
    boolean isWhole() {
        return !broken && !open;
    }
}
