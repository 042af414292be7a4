package io.changeover.freshness;

import io.changeover.view.VersionId;

/**
 * What can be seen of versions and the store. Every answer shows what was committed when it was asked for, whatever
 * transaction the caller is in.
 */
interface Sight {

    Look look(VersionId version);

    /** Whether an event from the first to the last position waits as a dead letter of the version. */
    boolean parked(VersionId version, long first, long last);

    /** The highest position of the store. */
    long head();

    /** Whether somebody else maintains the rows of the version, so that nobody here knows how far it has come. */
    boolean foreign(VersionId version);
}
