package io.changeover.serving;

/**
 * Who is counted as reading. There are as many of these as there are consumers, so it holds no name of a person unless
 * that person is one.
 *
 * @param consumer name of the consumer
 * @param apiVersion version of the HTTP API that it asked, or an empty text where it asked none
 */
public record ReaderIdentity(String consumer, String apiVersion) {

    /** Somebody inside the application of whom nothing is known. */
    public static final ReaderIdentity UNKNOWN = new ReaderIdentity("unidentified", "");
}
