package io.changeover.projection;

/** Sees each home that a rebuild has folded, whether or not anything of it differs. */
@FunctionalInterface
public interface HomeWitness {

    /**
     * Called once for each home within the transaction that writes its rows, after they are written; so what is written
     * here commits with them, and an exception keeps them from being written. In a dry run it is called in the snapshot in
     * which the rows were read.
     *
     * @throws HomeLeftException when the home, and those that are written with it, are to stay as they are
     */
    void folded(FoldedHome home);
}
