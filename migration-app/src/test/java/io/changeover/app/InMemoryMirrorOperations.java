package io.changeover.app;

import io.changeover.mirror.MirrorState;
import io.changeover.operation.MirrorOperations;
import io.changeover.operation.OperationRefusedException;
import io.changeover.operation.Request;
import java.util.ArrayList;
import java.util.List;

/** A mirror that waits at a record until that is left out or it begins again. */
public final class InMemoryMirrorOperations implements MirrorOperations {

    private static final String POISON =
            "Record 7 of partition 1 of topic 'orders.v1' cannot be carried, and those after it wait: it has no key";

    /** Every change in order, as {@code verb record actor reason}. */
    public final List<String> requests = new ArrayList<>();

    private boolean waits = true;

    /** Forgets what was asked. */
    public void reset() {
        requests.clear();
        waits = true;
    }

    @Override
    public MirrorState mirror() {
        return new MirrorState(
                "orders.v1",
                1_099,
                1_201,
                1_000,
                List.of(
                        new MirrorState.Carried(0, 1_000, 0, "node-1"),
                        new MirrorState.Carried(1, 7, 102, "node-2"),
                        new MirrorState.Carried(2, 0, 0, null)),
                waits ? POISON : null,
                waits ? 0 : 1);
    }

    @Override
    public MirrorState skip(int partition, long offset, Request request) {
        requests.add("skip %d/%d %s %s".formatted(partition, offset, request.actor(), request.reason()));
        return decided();
    }

    @Override
    public MirrorState restart(Request request) {
        requests.add("restart %s %s".formatted(request.actor(), request.reason()));
        return decided();
    }

    private MirrorState decided() {
        if (!waits) {
            throw new OperationRefusedException("mirror-gets-on", "The mirror of topic 'orders.v1' gets on");
        }
        waits = false;
        return mirror();
    }
}
