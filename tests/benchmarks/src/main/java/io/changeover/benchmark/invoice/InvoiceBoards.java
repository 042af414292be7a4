package io.changeover.benchmark.invoice;

import io.changeover.view.VersionId;

/** The versions by name. */
public final class InvoiceBoards {

    /** One name, a label, a decimal amount. */
    public static final VersionId OLD = VersionId.parse("invoice-board@1");

    /** Names apart, a state, minor units. */
    public static final VersionId NEW = VersionId.parse("invoice-board@2");

    /** As {@link #NEW}, with a fault. */
    public static final VersionId WRONG = VersionId.parse("invoice-board@3");

    /** As {@link #OLD}, without SQL. */
    public static final VersionId OLD_LIST = VersionId.parse("invoice-list@1");

    /** As {@link #NEW}, without SQL. */
    public static final VersionId NEW_LIST = VersionId.parse("invoice-list@2");

    private InvoiceBoards() {}
}
