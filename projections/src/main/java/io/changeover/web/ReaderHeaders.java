package io.changeover.web;

/** The headers by which clients and this application talk about reads. */
public final class ReaderHeaders {

    /** What makes a reader sticky. */
    public static final String READER = "X-Changeover-Reader";

    /** Versions that answered. */
    public static final String SERVED = "X-Changeover-Served";

    /** What a client has written or seen; the same in request and response. */
    public static final String POSITION = "X-Changeover-Position";

    /** How many milliseconds to wait for that at most. */
    public static final String WAIT = "X-Changeover-Wait";

    /** Versions that are to answer this one request. */
    public static final String VERSION = "X-Changeover-Version";

    private ReaderHeaders() {}
}
