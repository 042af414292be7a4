package io.changeover.serving;

/** Is told how long versions take for calls, and which calls have failed. Returns at once and throws nothing. */
public interface ReadTimes {

    /** Is told nothing. */
    ReadTimes NONE = new ReadTimes() {
        @Override
        public void took(String view, int version, long nanos) {}

        @Override
        public void failed(String view, int version) {}
    };

    /**
     * The version has answered a call. Of calls that nothing stands between, only one in some dozens is told of, drawn by
     * chance: to take the time of each would cost more than to route it.
     *
     * @param nanos how long it took
     */
    void took(String view, int version, long nanos);

    /** A call of the version has ended in an exception that its reader got. Told of every such call. */
    void failed(String view, int version);
}
