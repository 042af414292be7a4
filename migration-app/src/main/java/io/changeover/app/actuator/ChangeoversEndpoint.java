package io.changeover.app.actuator;

import io.changeover.operation.ChangeoverStatus;
import io.changeover.operation.Operations;
import io.changeover.operation.ViewStatus;
import io.changeover.view.UnknownVersionException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/** Where each view and its changeover stand, for monitoring; nothing can be changed by it. */
@Endpoint(id = "changeovers")
class ChangeoversEndpoint {

    /** All views. */
    record Summary(List<View> views) {}

    /**
     * A view.
     *
     * @param serving version that serves readers who have not been moved, or null where none does yet
     * @param changeover the open changeover, or null
     */
    record View(String view, @Nullable Integer serving, @Nullable Open changeover, List<Version> versions) {

        static View of(ViewStatus status) {
            ChangeoverStatus open = status.changeover();
            return new View(
                    status.view(),
                    status.serving(),
                    open == null ? null : Open.of(open),
                    status.versions().stream()
                            .map(each -> new Version(
                                    each.version(), each.state(), each.position(), each.lag(), each.deadLetters()))
                            .toList());
        }
    }

    /** An open changeover, each component as {@link ChangeoverStatus} has it. */
    record Open(
            String id,
            int from,
            int to,
            String phase,
            int percent,
            @Nullable String parity,
            String since,
            @Nullable String plan,
            @Nullable String halted) {

        static Open of(ChangeoverStatus status) {
            return new Open(
                    status.id(),
                    status.from(),
                    status.to(),
                    status.phase(),
                    status.percent(),
                    status.parity(),
                    status.since().toString(),
                    status.plan(),
                    status.halted());
        }
    }

    /** A version, each component as {@link io.changeover.operation.VersionStatus} has it. */
    record Version(String version, String state, long position, long lag, long deadLetters) {}

    private final Operations operations;

    ChangeoversEndpoint(Operations operations) {
        this.operations = operations;
    }

    @ReadOperation
    Summary changeovers() {
        return new Summary(operations.views().stream().map(View::of).toList());
    }

    /** Null, and so not found, for a view that is not declared. */
    @ReadOperation
    @Nullable
    View changeover(@Selector String view) {
        try {
            return View.of(operations.view(view));
        } catch (UnknownVersionException e) {
            return null;
        }
    }
}
