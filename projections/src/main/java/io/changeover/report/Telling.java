package io.changeover.report;

import io.changeover.changeover.ChangeoverEvent;
import io.changeover.changeover.ChangeoverEvent.Aborted;
import io.changeover.changeover.ChangeoverEvent.BackfillCompleted;
import io.changeover.changeover.ChangeoverEvent.BackfillStarted;
import io.changeover.changeover.ChangeoverEvent.CaughtUp;
import io.changeover.changeover.ChangeoverEvent.Completed;
import io.changeover.changeover.ChangeoverEvent.Declared;
import io.changeover.changeover.ChangeoverEvent.Failed;
import io.changeover.changeover.ChangeoverEvent.FlipRehearsed;
import io.changeover.changeover.ChangeoverEvent.ParityRecorded;
import io.changeover.changeover.ChangeoverEvent.Paused;
import io.changeover.changeover.ChangeoverEvent.PlanAdopted;
import io.changeover.changeover.ChangeoverEvent.Prepared;
import io.changeover.changeover.ChangeoverEvent.ReaderPinned;
import io.changeover.changeover.ChangeoverEvent.ReaderUnpinned;
import io.changeover.changeover.ChangeoverEvent.ReadsShifted;
import io.changeover.changeover.ChangeoverEvent.Reopened;
import io.changeover.changeover.ChangeoverEvent.Resumed;
import io.changeover.changeover.ChangeoverEvent.RollbackConfirmed;
import io.changeover.changeover.ChangeoverEvent.RolledBack;
import io.changeover.changeover.ChangeoverEvent.SoakStarted;
import io.changeover.changeover.ChangeoverEvent.StepApproved;
import io.changeover.changeover.ChangeoverEvent.StepHurried;
import io.changeover.changeover.ChangeoverEvent.SunsetScheduled;
import io.changeover.changeover.ChangeoverEvent.SunsetWithdrawn;
import io.changeover.changeover.ChangeoverEvent.VersionDropped;
import io.changeover.changeover.ChangeoverEvent.VersionPurged;
import io.changeover.changeover.ChangeoverEvent.VersionRestored;
import io.changeover.changeover.ChangeoverEvent.ViewRegistered;
import io.changeover.changeover.ChangeoverEvent.WayBackProven;
import io.changeover.changeover.Evidence;
import io.changeover.changeover.GateReading;
import io.changeover.changeover.Pin;
import io.changeover.event.EventType;
import io.changeover.report.ChangeoverReport.Moment;
import io.changeover.report.Trail.Step;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says what an event of a changeover says. Values of pins are names of people, and so are left out. */
final class Telling {

    private static final String PREFIX = "changeover.";

    private Telling() {}

    /** What is said of one event. */
    private record Told(
            String text, String actor, String reason, List<GateReading> gates, @Nullable Evidence evidence) {

        Told(String text, String actor, String reason) {
            this(text, actor, reason, List.of(), null);
        }
    }

    static Moment of(Step step) {
        return of(step.position(), step.at(), step.event());
    }

    static Moment of(long position, Instant at, ChangeoverEvent event) {
        Told told = told(event);
        return new Moment(
                position, at, name(event), told.text(), told.actor(), told.reason(), told.gates(), told.evidence());
    }

    static String name(ChangeoverEvent event) {
        String name = Objects.requireNonNull(event.getClass().getAnnotation(EventType.class))
                .name();
        return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
    }

    private static Told told(ChangeoverEvent event) {
        if (event instanceof ReadsShifted shifted) {
            return new Told(
                    "%d %% of readers on the new version, %d %% before"
                            .formatted(shifted.percent(), shifted.previousPercent()),
                    shifted.actor(),
                    shifted.reason(),
                    List.copyOf(Objects.requireNonNull(shifted.gates())),
                    shifted.evidence());
        }
        if (event instanceof RolledBack back) {
            return new Told(
                    "all readers back to the old version, %d %% were on the new one".formatted(back.previousPercent()),
                    back.actor(),
                    back.reason(),
                    List.copyOf(Objects.requireNonNull(back.gates())),
                    null);
        }
        if (event instanceof ParityRecorded recorded) {
            return new Told(
                    String.format(
                            Locale.ROOT,
                            "%s: %,d rows compared, %,d in flight, %,d differences",
                            verdict(recorded.figures().verdict()),
                            recorded.figures().rowsCompared(),
                            recorded.figures().inFlight(),
                            recorded.figures().differences()),
                    recorded.actor(),
                    recorded.reason());
        }
        if (event instanceof ReaderPinned pinned) {
            return new Told(
                    "a %s is served by version %d".formatted(kind(pinned.kind()), pinned.version()),
                    pinned.actor(),
                    pinned.reason(),
                    List.of(),
                    pinned.evidence());
        }
        if (event instanceof ReaderUnpinned unpinned) {
            return new Told(
                    "a %s goes by its cohort".formatted(kind(unpinned.kind())), unpinned.actor(), unpinned.reason());
        }
        return preparing(event);
    }

    private static Told preparing(ChangeoverEvent event) {
        if (event instanceof Declared declared) {
            return new Told(
                    "from version %d to version %d".formatted(declared.from(), declared.to()),
                    declared.actor(),
                    declared.reason());
        }
        if (event instanceof PlanAdopted adopted) {
            return new Told("plan " + adopted.plan().name(), adopted.actor(), adopted.reason());
        }
        if (event instanceof Prepared prepared) {
            return new Told("what it needs is there", prepared.actor(), prepared.reason(), prepared.gates(), null);
        }
        if (event instanceof BackfillStarted started) {
            return new Told("the new version is built from history", started.actor(), started.reason());
        }
        if (event instanceof BackfillCompleted completed) {
            return new Told("built up to position %,d".formatted(completed.position()), "", "");
        }
        if (event instanceof CaughtUp caughtUp) {
            return new Told("the new version keeps up", caughtUp.actor(), caughtUp.reason(), caughtUp.gates(), null);
        }
        if (event instanceof FlipRehearsed rehearsed) {
            return new Told(
                    "rehearsal %d of the flip".formatted(rehearsed.number()), rehearsed.actor(), rehearsed.reason());
        }
        if (event instanceof WayBackProven proven) {
            return new Told(
                    "acknowledged by " + String.join(", ", proven.acknowledgedBy()),
                    proven.actor(),
                    proven.reason(),
                    List.of(),
                    proven.evidence());
        }
        return carrying(event);
    }

    private static Told carrying(ChangeoverEvent event) {
        if (event instanceof StepApproved approved) {
            return new Told(
                    "step to %d %% in the role %s".formatted(approved.percent(), approved.role()),
                    approved.actor(),
                    approved.reason());
        }
        if (event instanceof StepHurried hurried) {
            return new Told("the next step before its time", hurried.actor(), hurried.reason());
        }
        if (event instanceof SoakStarted soak) {
            return new Told("it is seen whether it stays well", soak.actor(), soak.reason(), soak.gates(), null);
        }
        if (event instanceof Paused paused) {
            return new Told("nothing moves forward", paused.actor(), paused.reason());
        }
        if (event instanceof Resumed resumed) {
            return new Told("it goes on", resumed.actor(), resumed.reason());
        }
        if (event instanceof Failed failed) {
            return new Told("a person must mend something", failed.actor(), failed.reason());
        }
        if (event instanceof RollbackConfirmed confirmed) {
            return new Told("acknowledged by " + String.join(", ", confirmed.acknowledgedBy()), "", "");
        }
        return ending(event);
    }

    private static Told ending(ChangeoverEvent event) {
        if (event instanceof Completed completed) {
            return new Told("the new version is the one that serves", completed.actor(), completed.reason());
        }
        if (event instanceof Aborted aborted) {
            return new Told("the old version goes on", aborted.actor(), aborted.reason());
        }
        if (event instanceof Reopened reopened) {
            return new Told("the completion is taken back", reopened.actor(), reopened.reason());
        }
        if (event instanceof VersionPurged purged) {
            return new Told("version %d is kept aside".formatted(purged.version()), purged.actor(), purged.reason());
        }
        if (event instanceof VersionRestored restored) {
            return new Told(
                    "version %d is projected again".formatted(restored.version()), restored.actor(), restored.reason());
        }
        if (event instanceof VersionDropped dropped) {
            return new Told("version %d is gone".formatted(dropped.version()), dropped.actor(), dropped.reason());
        }
        if (event instanceof SunsetScheduled scheduled) {
            return new Told(
                    "version %d is answered until %s".formatted(scheduled.version(), scheduled.sunsetAt()),
                    scheduled.actor(),
                    scheduled.reason());
        }
        if (event instanceof SunsetWithdrawn withdrawn) {
            return new Told(
                    "version %d is answered without an end".formatted(withdrawn.version()),
                    withdrawn.actor(),
                    withdrawn.reason());
        }
        if (event instanceof ViewRegistered registered) {
            return new Told("version %d serves".formatted(registered.version()), "", "");
        }
        return new Told("", "", "");
    }

    static String verdict(String stored) {
        return stored.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String kind(Pin.Kind kind) {
        return kind.text();
    }
}
