package io.changeover.changeover;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.changeover.changeover.ChangeoverCommand.Abort;
import io.changeover.changeover.ChangeoverCommand.Complete;
import io.changeover.changeover.ChangeoverCommand.CompleteBackfill;
import io.changeover.changeover.ChangeoverCommand.Declare;
import io.changeover.changeover.ChangeoverCommand.PinReader;
import io.changeover.changeover.ChangeoverCommand.RecordParity;
import io.changeover.changeover.ChangeoverCommand.RegisterView;
import io.changeover.changeover.ChangeoverCommand.RollBack;
import io.changeover.changeover.ChangeoverCommand.ScheduleSunset;
import io.changeover.changeover.ChangeoverCommand.Shift;
import io.changeover.changeover.ChangeoverCommand.StartBackfill;
import io.changeover.changeover.ChangeoverCommand.UnpinReader;
import io.changeover.changeover.ChangeoverCommand.WithdrawSunset;
import io.changeover.changeover.ChangeoverEvent.Aborted;
import io.changeover.changeover.ChangeoverEvent.BackfillCompleted;
import io.changeover.changeover.ChangeoverEvent.BackfillStarted;
import io.changeover.changeover.ChangeoverEvent.Completed;
import io.changeover.changeover.ChangeoverEvent.Declared;
import io.changeover.changeover.ChangeoverEvent.ParityRecorded;
import io.changeover.changeover.ChangeoverEvent.ReaderPinned;
import io.changeover.changeover.ChangeoverEvent.ReaderUnpinned;
import io.changeover.changeover.ChangeoverEvent.ReadsShifted;
import io.changeover.changeover.ChangeoverEvent.RolledBack;
import io.changeover.changeover.ChangeoverEvent.SunsetScheduled;
import io.changeover.changeover.ChangeoverEvent.SunsetWithdrawn;
import io.changeover.changeover.ChangeoverEvent.ViewRegistered;
import io.changeover.changeover.ChangeoverState.Attempt;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/**
 * All changeovers of one view, one after the other. One aggregate for each view makes "one changeover of a view at a
 * time" a rule that no race can break.
 */
public class Changeover {

    private static final int MAX_LINK = 500;
    private static final int MAX_SHOWN = 60;
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // Axon reads it
    private @Nullable String id;

    private @Nullable ChangeoverState state;

    /** For Axon, which fills the aggregate from its events. */
    Changeover() {}

    /** Identifier of the aggregate of a view; prefixed, since identifiers are unique across all aggregate types. */
    public static String idOf(String view) {
        return "changeover:" + view;
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(RegisterView command) {
        if (state == null) {
            apply(new ViewRegistered(command.view(), command.version()));
        }
    }

    @CommandHandler
    void handle(Declare command) {
        Attempt open = state().open();
        if (open != null) {
            throw new ChangeoverRefusedException(
                    "changeover-open",
                    "View '%s' is already in a changeover from version %d to %d (phase %s), and a view has one at a time; complete or abort that one first"
                            .formatted(
                                    command.view(),
                                    open.from(),
                                    open.to(),
                                    open.phase().text()));
        }
        if (command.to() == state().serving()) {
            throw new ChangeoverRefusedException(
                    "same-version",
                    "View '%s' is already served by version %d, and a changeover leads to another; name another version"
                            .formatted(command.view(), command.to()));
        }
        apply(new Declared(
                command.view(),
                command.changeoverId(),
                state().serving(),
                command.to(),
                command.actor(),
                command.reason()));
    }

    @CommandHandler
    void handle(StartBackfill command) {
        Attempt open = open(command.view());
        if (open.phase() == Phase.DECLARED) {
            apply(new BackfillStarted(command.view(), open.id(), command.actor(), command.reason()));
        }
    }

    @CommandHandler
    void handle(CompleteBackfill command) {
        Attempt open = state().open();
        if (open != null && open.id().equals(command.changeoverId()) && open.phase() == Phase.BACKFILLING) {
            apply(new BackfillCompleted(command.view(), open.id(), command.position()));
        }
    }

    @CommandHandler
    void handle(RecordParity command) {
        Attempt open = open(command.view());
        requireBackfilled(open, command.view(), "verify-before-backfill", "compared");
        apply(new ParityRecorded(command.view(), open.id(), command.figures(), command.actor(), command.reason()));
    }

    @CommandHandler
    void handle(Shift command) {
        if (command.percent() < 0 || command.percent() > 100) {
            throw new ChangeoverRefusedException(
                    "percent-out-of-range",
                    "Percentage %d must be from 0 to 100; give a number in that range".formatted(command.percent()));
        }
        Attempt open = open(command.view());
        requireBackfilled(open, command.view(), "shift-before-backfill", "given readers");
        if (command.percent() > open.percent()) {
            ShiftGates.require(command.view(), open, command.evidence());
        }
        if (command.percent() != open.percent()) {
            apply(new ReadsShifted(
                    command.view(),
                    open.id(),
                    command.percent(),
                    open.percent(),
                    command.evidence(),
                    command.actor(),
                    command.reason()));
        }
    }

    @CommandHandler
    void handle(PinReader command) {
        Attempt open = open(command.view());
        if (!command.pin().isValid()) {
            throw new ChangeoverRefusedException(
                    "invalid-pin",
                    "A %s must have 1 to 200 characters and no control characters; correct it"
                            .formatted(command.pin().kind().text()));
        }
        if (command.version() != open.from() && command.version() != open.to()) {
            throw new ChangeoverRefusedException(
                    "pin-to-other-version",
                    "Version %d of view '%s' takes no part in its changeover from %d to %d, and readers can be pinned only to one that does; name %d or %d"
                            .formatted(
                                    command.version(), command.view(), open.from(), open.to(), open.from(), open.to()));
        }
        if (command.version() == open.to()) {
            requireBackfilled(open, command.view(), "pin-before-backfill", "given readers");
            ShiftGates.require(command.view(), open, command.evidence());
        }
        if (!Integer.valueOf(command.version()).equals(state().pins().get(command.pin()))) {
            apply(new ReaderPinned(
                    command.view(),
                    open.id(),
                    command.pin().kind(),
                    command.pin().value(),
                    command.version(),
                    command.evidence(),
                    command.actor(),
                    command.reason()));
        }
    }

    @CommandHandler
    void handle(UnpinReader command) {
        Attempt open = open(command.view());
        if (!state().pins().containsKey(command.pin())) {
            throw new ChangeoverRefusedException(
                    "not-pinned",
                    "%s is not pinned to a version of view '%s', and only a pin that is there can be taken away; look at the route to see which are"
                            .formatted(command.pin(), command.view()));
        }
        apply(new ReaderUnpinned(
                command.view(),
                open.id(),
                command.pin().kind(),
                command.pin().value(),
                command.actor(),
                command.reason()));
    }

    @CommandHandler
    void handle(ScheduleSunset command) {
        requireSuperseded(command.view(), command.version());
        if (command.sunsetAt().isBefore(command.earliest())) {
            throw new ChangeoverRefusedException(
                    "sunset-too-soon",
                    "Version %d of view '%s' cannot end at %s: consumers are promised notice until %s; name that time or a later one"
                            .formatted(command.version(), command.view(), command.sunsetAt(), command.earliest()));
        }
        if (command.sunsetAt().isAfter(LAST)) {
            throw new ChangeoverRefusedException(
                    "sunset-too-late",
                    "Version %d of view '%s' cannot end at %s: an HTTP date has four digits for the year; name an earlier time"
                            .formatted(command.version(), command.view(), command.sunsetAt()));
        }
        requireLink(command.link());
        apply(new SunsetScheduled(
                command.view(),
                command.version(),
                command.sunsetAt(),
                command.link(),
                command.actor(),
                command.reason()));
    }

    /** Links are given to consumers in headers, so nothing but an address must come there. */
    private static void requireLink(@Nullable String link) {
        if (link != null && !isAddress(link)) {
            throw new ChangeoverRefusedException(
                    "invalid-link",
                    "Link '%s' must be an absolute http or https address of at most %d characters; correct it"
                            .formatted(
                                    link.length() <= MAX_SHOWN ? link : link.substring(0, MAX_SHOWN) + "...",
                                    MAX_LINK));
        }
    }

    private static boolean isAddress(String link) {
        try {
            URI address = new URI(link);
            return link.length() <= MAX_LINK
                    && address.getHost() != null
                    && ("http".equalsIgnoreCase(address.getScheme()) || "https".equalsIgnoreCase(address.getScheme()))
                    && link.chars().allMatch(character -> character > ' ' && character < 127);
        } catch (URISyntaxException e) {
            return false;
        }
    }

    @CommandHandler
    void handle(WithdrawSunset command) {
        Retirement retirement = requireSuperseded(command.view(), command.version());
        if (retirement.sunsetAt() != null) {
            apply(new SunsetWithdrawn(command.view(), command.version(), command.actor(), command.reason()));
        }
    }

    private Retirement requireSuperseded(String view, int version) {
        Retirement retirement = state().retirements().get(version);
        if (retirement == null) {
            throw new ChangeoverRefusedException(
                    "not-superseded",
                    "Version %d of view '%s' has not been superseded, and only a version whose readers have all moved to another can end; shift its readers to 100 %% first"
                            .formatted(version, view));
        }
        return retirement;
    }

    @CommandHandler
    void handle(RollBack command) {
        Attempt open = open(command.view());
        if (open.percent() > 0 || !state().pinnedTo(open.to()).isEmpty()) {
            apply(new RolledBack(command.view(), open.id(), open.percent(), command.actor(), command.reason()));
        }
    }

    @CommandHandler
    void handle(Complete command) {
        Attempt open = open(command.view());
        if (open.percent() != 100) {
            throw new ChangeoverRefusedException(
                    "complete-before-100",
                    "Version %d of view '%s' serves %d %% of readers, and a changeover is complete only at 100 %%; shift to 100 first"
                            .formatted(open.to(), command.view(), open.percent()));
        }
        requireUnread(command, open);
        apply(new Completed(command.view(), open.id(), command.actor(), command.reason()));
    }

    private void requireUnread(Complete command, Attempt open) {
        List<Pin> pinned = state().pinnedTo(open.from());
        if (!pinned.isEmpty()) {
            throw new ChangeoverRefusedException(
                    "complete-while-pinned",
                    "Version %d of view '%s' still serves who is pinned to it: %s; take these pins away first"
                            .formatted(
                                    open.from(),
                                    command.view(),
                                    pinned.stream().map(Pin::toString).collect(Collectors.joining(", "))));
        }
        if (!command.readers().isEmpty()) {
            throw new ChangeoverRefusedException(
                    "still-read",
                    "Version %d of view '%s' is still read although all readers have moved to version %d: by %s; a version is given up only when nobody reads it, so find out what keeps them there and move them"
                            .formatted(
                                    open.from(),
                                    command.view(),
                                    open.to(),
                                    command.readers().stream()
                                            .map(StillReading::toString)
                                            .collect(Collectors.joining(", "))));
        }
    }

    @CommandHandler
    void handle(Abort command) {
        Attempt open = open(command.view());
        if (open.percent() != 0) {
            throw new ChangeoverRefusedException(
                    "abort-while-serving",
                    "Version %d of view '%s' still serves %d %% of readers, and a changeover is given up only at 0 %%; roll back first"
                            .formatted(open.to(), command.view(), open.percent()));
        }
        List<Pin> pinned = state().pinnedTo(open.to());
        if (!pinned.isEmpty()) {
            throw new ChangeoverRefusedException(
                    "abort-while-pinned",
                    "Version %d of view '%s' still serves who is pinned to it: %s; roll back first, which sends them back too"
                            .formatted(
                                    open.to(),
                                    command.view(),
                                    pinned.stream().map(Pin::toString).collect(Collectors.joining(", "))));
        }
        apply(new Aborted(command.view(), open.id(), command.actor(), command.reason()));
    }

    @EventSourcingHandler
    void on(ChangeoverEvent event, @Timestamp Instant at) {
        if (event instanceof ViewRegistered registered) {
            id = idOf(registered.view());
            state = ChangeoverState.of(registered);
        } else {
            state = state().after(event, at);
        }
    }

    private Attempt open(String view) {
        Attempt open = state().open();
        if (open == null) {
            throw new ChangeoverRefusedException(
                    "no-changeover-open", "View '%s' is in no changeover; declare one first".formatted(view));
        }
        return open;
    }

    private static void requireBackfilled(Attempt open, String view, String rule, String what) {
        if (!open.phase().backfilled()) {
            throw new ChangeoverRefusedException(
                    rule,
                    "Version %d of view '%s' is in phase %s, and a version can be %s only after its backfill; run the backfill first"
                            .formatted(open.to(), view, open.phase().text(), what));
        }
    }

    private ChangeoverState state() {
        return Objects.requireNonNull(state);
    }
}
