package io.changeover.operation;

import io.changeover.changeover.ChangeoverCommand.ScheduleSunset;
import io.changeover.changeover.ChangeoverCommand.WithdrawSunset;
import io.changeover.changeover.ChangeoverState;
import io.changeover.changeover.Retirement;
import io.changeover.serving.Router;
import io.changeover.view.VersionId;
import io.changeover.view.Versions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Ends of versions, as this node's router knows them. */
public final class LiveSunsetOperations implements SunsetOperations {

    private final Versions versions;
    private final Router router;
    private final ChangeoverOperations changeovers;
    private final Duration notice;
    private final Clock clock;

    /**
     * The verbs over the node's router; decisions are asked for by the operations of its changeovers.
     *
     * @param notice time between the decision and the sunset at least
     */
    public LiveSunsetOperations(
            Versions versions, Router router, ChangeoverOperations changeovers, Duration notice, Clock clock) {
        if (notice.isNegative()) {
            throw new IllegalArgumentException(
                    "changeover.sunset.notice is %s but must not be negative; correct it".formatted(notice));
        }
        this.versions = versions;
        this.router = router;
        this.changeovers = changeovers;
        this.notice = notice;
        this.clock = clock;
    }

    @Override
    public List<RetirementStatus> retirements(String view) {
        Instant now = clock.instant();
        return known(view).entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> RetirementStatus.of(new VersionId(view, entry.getKey()), entry.getValue(), now))
                .toList();
    }

    @Override
    public RetirementStatus retirement(VersionId version) {
        Retirement retirement = known(version.view()).get(version.version());
        if (retirement == null) {
            throw new OperationRefusedException(
                    "not-superseded",
                    "Version '%s' has not been superseded, and only a version whose readers have all moved to another can end; shift its readers to 100 %% first"
                            .formatted(version));
        }
        return RetirementStatus.of(version, retirement, clock.instant());
    }

    @Override
    public RetirementStatus schedule(VersionId version, Instant at, @Nullable String link, Request request) {
        versions.requireView(version.view());
        changeovers.send(
                new ScheduleSunset(
                        version.view(),
                        version.version(),
                        at.truncatedTo(ChronoUnit.SECONDS),
                        clock.instant().plus(notice).truncatedTo(ChronoUnit.SECONDS),
                        link,
                        request.actor(),
                        request.reason()),
                request);
        return retirement(version);
    }

    @Override
    public RetirementStatus withdraw(VersionId version, Request request) {
        versions.requireView(version.view());
        changeovers.send(
                new WithdrawSunset(version.view(), version.version(), request.actor(), request.reason()), request);
        return retirement(version);
    }

    private Map<Integer, Retirement> known(String view) {
        versions.requireView(view);
        return router.state(view).map(ChangeoverState::retirements).orElse(Map.of());
    }
}
