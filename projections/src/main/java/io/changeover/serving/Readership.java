package io.changeover.serving;

import io.changeover.changeover.StillReading;
import java.util.List;

/** Knows who reads which version. */
@FunctionalInterface
public interface Readership {

    /** Knows nobody. */
    Readership UNKNOWN = (view, version) -> List.of();

    /**
     * Who was answered by the version, on any node, after all readers of the view had been moved to another; the most
     * frequent first.
     *
     * @throws ReadershipUnknownException when a node has not told it yet
     */
    List<StillReading> stillReading(String view, int version);
}
