package io.changeover.app;

import io.changeover.operation.OperationRefusedException;
import io.changeover.operation.Request;
import io.changeover.operation.RetirementStatus;
import io.changeover.operation.SunsetOperations;
import io.changeover.view.VersionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Version 1 of {@code order-board} is superseded by version 2; no other version is. */
public final class InMemorySunsetOperations implements SunsetOperations {

    private static final Instant DEPRECATED = Instant.parse("2027-02-01T10:00:00Z");

    /** Every change in order, as {@code verb version at link actor reason}. */
    public final List<String> requests = new ArrayList<>();

    private Instant sunsetAt;
    private String link;

    @Override
    public List<RetirementStatus> retirements(String view) {
        return view.equals("order-board") ? List.of(retirement(new VersionId(view, 1))) : List.of();
    }

    @Override
    public RetirementStatus retirement(VersionId version) {
        if (!version.toString().equals("order-board@1")) {
            throw new OperationRefusedException(
                    "not-superseded", "Version '%s' has not been superseded".formatted(version));
        }
        return new RetirementStatus("order-board@1", DEPRECATED, sunsetAt, false, link, "order-board@2");
    }

    @Override
    public RetirementStatus schedule(VersionId version, Instant at, String page, Request request) {
        requests.add("schedule %s %s %s %s %s".formatted(version, at, page, request.actor(), request.reason()));
        retirement(version);
        sunsetAt = at;
        link = page;
        return retirement(version);
    }

    @Override
    public RetirementStatus withdraw(VersionId version, Request request) {
        requests.add("withdraw %s %s %s".formatted(version, request.actor(), request.reason()));
        sunsetAt = null;
        link = null;
        return retirement(version);
    }
}
