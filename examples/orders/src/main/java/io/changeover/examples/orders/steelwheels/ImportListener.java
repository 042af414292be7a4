package io.changeover.examples.orders.steelwheels;

/** Is told how an import gets on, in the importer's thread. Must be quick and must not throw. */
public interface ImportListener {

    /**
     * After each committed batch.
     *
     * @param done commands sent so far, those of earlier runs included
     * @param total commands of the whole import
     */
    void progressed(long done, long total);
}
