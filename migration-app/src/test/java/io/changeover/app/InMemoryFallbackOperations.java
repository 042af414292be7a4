package io.changeover.app;

import io.changeover.fallback.FallbackBudget;
import io.changeover.fallback.FallbackCounts;
import io.changeover.fallback.FallbackFailure;
import io.changeover.fallback.FallbackLatency;
import io.changeover.fallback.FallbackReport;
import io.changeover.operation.FallbackOperations;
import io.changeover.operation.OperationRefusedException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The new version of {@code order-board} fails too often and that of {@code clean} not; other views had no changeover. */
public final class InMemoryFallbackOperations implements FallbackOperations {

    private static final Instant AT = Instant.parse("2026-03-10T12:00:00Z");

    @Override
    public FallbackReport fallbacks(String view) {
        return switch (view) {
            case "order-board" ->
                report(
                        view,
                        "open",
                        new FallbackCounts(12_000, 20, 3, 2, 400, 7, 1),
                        new FallbackLatency(11_000, Duration.ofNanos(850_000), Duration.ofMillis(12)),
                        List.of(
                                new FallbackFailure(
                                        AT,
                                        "byId",
                                        "failed",
                                        "org.springframework.jdbc.BadSqlGrammarException",
                                        "org.postgresql.util.PSQLException",
                                        "42P01"),
                                new FallbackFailure(
                                        AT.minusSeconds(1),
                                        "all",
                                        "timed-out",
                                        "java.util.concurrent.TimeoutException",
                                        null,
                                        null)));
            case "clean" -> report(view, "unused", new FallbackCounts(2_000, 1, 0, 0, 0, 0, 0), null, List.of());
            default ->
                throw new OperationRefusedException(
                        "no-changeover",
                        "View '%s' has had no changeover, so no call could fall back; declare one first"
                                .formatted(view));
        };
    }

    private static FallbackReport report(
            String view,
            String breaker,
            FallbackCounts counts,
            FallbackLatency latency,
            List<FallbackFailure> failures) {
        boolean guarded = !view.equals("clean");
        return new FallbackReport(
                view,
                "c-1",
                view + "@2",
                view + "@1",
                guarded,
                "node-a",
                breaker,
                guarded ? Duration.ofSeconds(1) : Duration.ZERO,
                5,
                guarded ? 2 : 0,
                counts,
                FallbackBudget.of(0.001, counts),
                latency,
                failures);
    }
}
