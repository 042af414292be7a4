package io.changeover.app;

import io.changeover.doctor.Diagnosis;
import io.changeover.doctor.Finding;
import io.changeover.operation.DoctorOperations;
import io.changeover.operation.Request;
import java.util.ArrayList;
import java.util.List;

/** Finds a token that can be mended and a table that cannot, unless the state is healthy. */
public final class InMemoryDoctorOperations implements DoctorOperations {

    /** Every mend in order, as {@code actor reason}. */
    public final List<String> requests = new ArrayList<>();

    /** Whether nothing is found. */
    public boolean healthy;

    @Override
    public Diagnosis look() {
        return diagnosis(null);
    }

    @Override
    public Diagnosis mend(Request request) {
        requests.add("%s %s".formatted(request.actor(), request.reason()));
        return diagnosis("the token was removed");
    }

    private Diagnosis diagnosis(String done) {
        List<String> checks = List.of("left-over-token", "left-over-table");
        if (healthy) {
            return new Diagnosis(checks, List.of());
        }
        return new Diagnosis(
                checks,
                List.of(
                        new Finding(
                                "left-over-token",
                                "order-board@9",
                                "its segment 0 has a token",
                                "a new version misses events",
                                true,
                                "the token is removed",
                                done),
                        new Finding(
                                "left-over-table",
                                "views.order_board_v9",
                                "a table of that name is there",
                                "it takes up space",
                                false,
                                "drop table views.order_board_v9",
                                null)));
    }
}
