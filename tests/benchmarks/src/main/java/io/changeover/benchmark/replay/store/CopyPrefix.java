package io.changeover.benchmark.replay.store;

import java.nio.charset.StandardCharsets;

/** What tells the keys of one copy from those of the others, as the example's import has it: nothing for the first. */
final class CopyPrefix {

    private final byte[] bytes;

    CopyPrefix(int copy) {
        bytes = (copy == 0 ? "" : "c" + copy + "-").getBytes(StandardCharsets.US_ASCII);
    }

    /** Shared; nobody writes to it. */
    byte[] bytes() {
        return bytes;
    }
}
