package io.changeover.projections.autoconfigure.board;

/** What readers of the view inject. */
public interface Board {

    /** Something to read. */
    String title();
}
