package io.changeover.operation;

import io.changeover.mirror.MirrorState;

/** The verbs about the topic that the views of this application follow. */
public interface MirrorOperations {

    /** How the mirror stands. */
    MirrorState mirror();

    /**
     * Has the mirror go on without the record that it waits at.
     *
     * @param partition number of the partition
     * @param offset offset of the record
     * @param request who asks; must have a reason
     * @throws OperationRefusedException when the mirror does not wait at that record, or no reason is given
     */
    MirrorState skip(int partition, long offset, Request request);

    /**
     * Has a topic that was removed and made anew carried from its beginning. Events that are here stay, and are not added
     * twice.
     *
     * @throws OperationRefusedException when the mirror gets on
     */
    MirrorState restart(Request request);
}
