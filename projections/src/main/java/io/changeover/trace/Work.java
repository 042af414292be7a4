package io.changeover.trace;

import org.jspecify.annotations.Nullable;

/** A span that has begun. It must be ended, once; what is told afterwards is lost. */
public interface Work {

    /** A span that nobody records. */
    Work NONE = new Work() {
        @Override
        public Work tag(String key, String value) {
            return this;
        }

        @Override
        public Work tag(String key, long value) {
            return this;
        }

        @Override
        public void moment(String name) {}

        @Override
        public @Nullable TraceParent parent() {
            return null;
        }

        @Override
        public Scope current() {
            return () -> {};
        }

        @Override
        public void failed(Throwable failure) {}

        @Override
        public void end() {}
    };

    /** While it is open, work of the thread that opened it belongs to the span. To be closed by the same thread. */
    interface Scope extends AutoCloseable {

        @Override
        void close();
    }

    /** Says something of the work; a key said twice has the later value. */
    Work tag(String key, String value);

    /** The same with a number. */
    Work tag(String key, long value);

    /** Something happened just now. */
    void moment(String name);

    /** What names the span to others, or null where it is not sampled. */
    @Nullable
    TraceParent parent();

    /** Makes the span the one under way on this thread. */
    Scope current();

    /** The work has failed. Only the class of the failure is kept, as its message may hold anything. */
    void failed(Throwable failure);

    /** The work is over. */
    void end();
}
