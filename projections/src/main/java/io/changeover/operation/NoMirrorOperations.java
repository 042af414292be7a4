package io.changeover.operation;

import io.changeover.mirror.MirrorState;

/** For an application whose views follow its own store: refuses. */
public final class NoMirrorOperations implements MirrorOperations {

    @Override
    public MirrorState mirror() {
        throw none();
    }

    @Override
    public MirrorState skip(int partition, long offset, Request request) {
        throw none();
    }

    @Override
    public MirrorState restart(Request request) {
        throw none();
    }

    private static OperationRefusedException none() {
        return new OperationRefusedException(
                "no-mirror",
                "The views of this application follow its own store and no topic; set changeover.mirror.topic to have them follow that of another application");
    }
}
