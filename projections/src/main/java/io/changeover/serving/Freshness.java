package io.changeover.serving;

/** Holds readers to what they have written or seen. */
public interface Freshness {

    /**
     * The version that answers a reader who must not miss what is there at a position: the one that was to answer where it
     * has come that far, else another one that may answer and has, else the first again once it has come that far.
     *
     * @return one of the versions of the question
     * @throws RuntimeException that says precisely why no version can answer with what the reader asks for
     */
    int answering(FreshRead read);

    /**
     * The latest that an answer of the version, given just now, may show.
     *
     * @param after what the answer was not to miss
     * @throws RuntimeException when the answer may have missed it after all, so that it must not be given
     */
    ReadPosition shown(String view, int version, ReadPosition after);
}
