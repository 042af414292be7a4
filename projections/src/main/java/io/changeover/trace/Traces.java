package io.changeover.trace;

import java.util.List;

/**
 * Where spans are begun. A span carries names, numbers and positions, never a key, a payload or who asked. Safe for use by
 * several threads.
 */
public interface Traces {

    /** Where no tracer is. */
    Traces NONE = new Traces() {
        @Override
        public boolean recording() {
            return false;
        }

        @Override
        public Work begin(String name) {
            return Work.NONE;
        }

        @Override
        public Work begin(String name, TraceParent parent, List<TraceParent> links) {
            return Work.NONE;
        }
    };

    /** Whether a sampled span is under way on this thread. Allocates nothing; asked for each read. */
    boolean recording();

    /** Begins a span below the one under way on this thread, or a trace of its own that may be sampled. */
    Work begin(String name);

    /**
     * Begins a span below one of another thread or process.
     *
     * @param links spans that the work is for as well
     */
    Work begin(String name, TraceParent parent, List<TraceParent> links);
}
