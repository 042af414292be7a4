package io.changeover.app;

import io.changeover.operation.ChangeoverStatus;
import io.changeover.operation.CompletionOperations;
import io.changeover.operation.DisposalStatus;
import io.changeover.operation.OperationRefusedException;
import io.changeover.operation.Operations;
import io.changeover.operation.Request;
import io.changeover.view.VersionId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Version 1 of {@code order-board} was given up; no other version was. */
public final class InMemoryCompletionOperations implements CompletionOperations {

    private static final Instant SINCE = Instant.parse("2027-02-01T10:00:00Z");

    /** Every change in order, as {@code verb what actor reason}. */
    public final List<String> requests = new ArrayList<>();

    /** Why nothing is carried out, or null when everything is. */
    public String unfinished;

    /** Stage of the version. */
    public String stage = "held";

    private final Operations operations;

    /** A view of which the operations know the changeover. */
    public InMemoryCompletionOperations(Operations operations) {
        this.operations = operations;
    }

    @Override
    public List<DisposalStatus> disposals(String view) {
        return List.of(status());
    }

    @Override
    public ChangeoverStatus reopen(String view, Request request) {
        requests.add("reopen %s %s %s".formatted(view, request.actor(), request.reason()));
        return operations.changeover(view);
    }

    @Override
    public DisposalStatus purge(VersionId version, Request request) {
        return to("purged", "purge", version, request);
    }

    @Override
    public DisposalStatus restore(VersionId version, Request request) {
        return to("held", "restore", version, request);
    }

    @Override
    public DisposalStatus drop(VersionId version, Request request) {
        return to("dropped", "drop", version, request);
    }

    private DisposalStatus to(String next, String verb, VersionId version, Request request) {
        if (!version.toString().equals("order-board@1")) {
            throw new OperationRefusedException("other-stage", "Version '%s' is not given up".formatted(version));
        }
        requests.add("%s %s %s %s".formatted(verb, version, request.actor(), request.reason()));
        stage = next;
        return status();
    }

    private DisposalStatus status() {
        return new DisposalStatus(
                "order-board@1",
                stage,
                SINCE,
                "c1",
                stage.equals("dropped") ? null : SINCE.plus(Duration.ofDays(7)),
                false,
                stage.equals("purged") ? "views.order_board_v1_purged_c1" : null,
                unfinished);
    }
}
