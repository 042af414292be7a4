package io.changeover.gate;

import io.changeover.changeover.GateReading;
import io.changeover.plan.QuietTime;
import java.time.ZoneOffset;

/** Nothing moves forward in a quiet time of the plan. It never refuses. */
final class QuietGate implements Gate {

    static final String NAME = "quiet";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public GateReading read(GateQuestion question) {
        String required = "no quiet time of the plan";
        QuietTime quiet =
                question.plan().quietAt(question.now().atZone(ZoneOffset.UTC)).orElse(null);
        return quiet == null
                ? GateReading.pass(NAME, "no quiet time", required)
                : GateReading.hold(
                        NAME,
                        "quiet from %s to %s, %s".formatted(quiet.from(), quiet.until(), quiet.zone()),
                        required,
                        "nothing moves forward in a quiet time; wait until it is over");
    }
}
