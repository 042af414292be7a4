package io.changeover.gate;

import io.changeover.changeover.ChangeoverState.Attempt;
import io.changeover.changeover.GateReading;
import io.changeover.view.VersionId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Both versions follow live events and keep up; before the new one is built, the old one does. A new version that falls
 * behind while the old one does not is a breach, since going back helps its readers. Where the old version is behind too,
 * or alone, going back would help nobody, and it only holds.
 */
final class LagGate implements Gate {

    static final String NAME = "lag";

    /**
     * Where a version stands.
     *
     * @param live whether it follows live events on this node
     * @param lag positions that it is behind the head of the store
     */
    record Standing(boolean live, long lag) {

        boolean behind(long most) {
            return !live || lag > most;
        }

        String text(int version) {
            return live
                    ? "version %d %s behind".formatted(version, Figures.count(lag, "position", "positions"))
                    : "version %d not live".formatted(version);
        }
    }

    private final Function<VersionId, Standing> standings;

    LagGate(Function<VersionId, Standing> standings) {
        this.standings = standings;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public GateReading read(GateQuestion question) {
        Attempt attempt = question.attempt();
        long most = question.plan().limits().maxLag();
        Standing old = standings.apply(new VersionId(question.view(), attempt.from()));
        if (!attempt.phase().backfilled()) {
            return reading(old.behind(most), false, old.text(attempt.from()), most, attempt.from());
        }
        Standing next = standings.apply(new VersionId(question.view(), attempt.to()));
        List<String> measured = new ArrayList<>(List.of(old.text(attempt.from()), next.text(attempt.to())));
        boolean breach = attempt.percent() > 0 && next.behind(most) && !old.behind(most);
        return reading(
                old.behind(most) || next.behind(most),
                breach,
                String.join(", ", measured),
                most,
                old.behind(most) ? attempt.from() : attempt.to());
    }

    private static GateReading reading(boolean behind, boolean breach, String measured, long most, int version) {
        String required = "live and at most %s behind".formatted(Figures.count(most, "position", "positions"));
        if (!behind) {
            return GateReading.pass(NAME, measured, required);
        }
        String reason =
                "version %d does not keep up with the store; wait until it has caught up, or look at what holds it up"
                        .formatted(version);
        return breach
                ? GateReading.refuse(NAME, measured, required, reason)
                : GateReading.hold(NAME, measured, required, reason);
    }
}
