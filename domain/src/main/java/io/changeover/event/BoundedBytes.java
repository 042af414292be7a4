package io.changeover.event;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Keeps what is written, up to a limit that no honest event comes near. */
final class BoundedBytes extends OutputStream {

    static final int LIMIT = 32 << 20;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean full;

    @Override
    public void write(int one) throws IOException {
        require(1);
        bytes.write(one);
    }

    @Override
    public void write(byte[] some, int from, int length) throws IOException {
        require(length);
        bytes.write(some, from, length);
    }

    private void require(int length) throws IOException {
        full |= bytes.size() + length > LIMIT;
        if (full) {
            throw new IOException("more than %d bytes".formatted(LIMIT));
        }
    }

    boolean isFull() {
        return full;
    }

    byte[] toByteArray() {
        return bytes.toByteArray();
    }
}
