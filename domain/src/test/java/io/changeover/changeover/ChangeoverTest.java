package io.changeover.changeover;

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
import io.changeover.changeover.ChangeoverEvent.FlipRehearsed;
import io.changeover.changeover.ChangeoverEvent.ParityRecorded;
import io.changeover.changeover.ChangeoverEvent.ReaderPinned;
import io.changeover.changeover.ChangeoverEvent.ReaderUnpinned;
import io.changeover.changeover.ChangeoverEvent.ReadsShifted;
import io.changeover.changeover.ChangeoverEvent.RollbackConfirmed;
import io.changeover.changeover.ChangeoverEvent.RolledBack;
import io.changeover.changeover.ChangeoverEvent.SunsetScheduled;
import io.changeover.changeover.ChangeoverEvent.SunsetWithdrawn;
import io.changeover.changeover.ChangeoverEvent.ViewRegistered;
import io.changeover.changeover.ChangeoverEvent.WayBackProven;
import java.time.Instant;
import java.util.List;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.TestExecutor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ChangeoverTest {

    private static final String VIEW = "order-board";
    private static final ParityFigures EQUAL = new ParityFigures("EQUAL", 90, 91, 326, 0, 0);
    private static final ParityFigures DIFFERENT = new ParityFigures("DIFFERENT", 90, 91, 326, 0, 3);
    private static final Evidence HEALTHY = new Evidence(true, true, 0, 0, 1000, 0, 5, 900);

    private static final ViewRegistered REGISTERED = new ViewRegistered(VIEW, 1);
    private static final Declared DECLARED = new Declared(VIEW, "c1", 1, 2, "ann", "");
    private static final BackfillStarted STARTED = new BackfillStarted(VIEW, "c1", "ann", "");
    private static final BackfillCompleted BACKFILLED = new BackfillCompleted(VIEW, "c1", 88);
    private static final ParityRecorded PROVEN = new ParityRecorded(VIEW, "c1", EQUAL, "ann", "");
    private static final FlipRehearsed REHEARSED = new FlipRehearsed(VIEW, "c1", 1, "ann", "");
    private static final WayBackProven WAY_BACK = new WayBackProven(VIEW, "c1", HEALTHY, List.of("node-1"), "ann", "");

    private AggregateTestFixture<Changeover> fixture;

    @BeforeEach
    void fixture() {
        fixture = new AggregateTestFixture<>(Changeover.class);
    }

    private static ReadsShifted shifted(int from, int to) {
        return new ReadsShifted(VIEW, "c1", to, from, HEALTHY, "ann", "");
    }

    private static Shift shift(int percent) {
        return new Shift(VIEW, percent, HEALTHY, "ann", "");
    }

    @Test
    void a_view_is_registered_once() {
        fixture.givenNoPriorActivity().when(new RegisterView(VIEW, 1)).expectEvents(REGISTERED);
    }

    @Test
    void registering_again_changes_nothing() {
        fixture.given(REGISTERED).when(new RegisterView(VIEW, 2)).expectNoEvents();
    }

    @Test
    void a_changeover_leads_from_the_version_that_serves() {
        fixture.given(REGISTERED).when(new Declare(VIEW, "c1", 2, "ann", "")).expectEvents(DECLARED);
    }

    @Test
    void a_second_changeover_of_the_same_view_is_refused() {
        fixture.given(REGISTERED, DECLARED)
                .when(new Declare(VIEW, "c2", 3, "ann", ""))
                .expectException(ChangeoverRefusedException.class)
                .expectExceptionMessage(
                        "View 'order-board' is already in a changeover from version 1 to 2 (phase declared), and a view has one at a time; complete or abort that one first");
    }

    @Test
    void a_changeover_to_the_version_that_serves_is_refused() {
        fixture.given(REGISTERED)
                .when(new Declare(VIEW, "c1", 1, "ann", ""))
                .expectExceptionMessage(
                        "View 'order-board' is already served by version 1, and a changeover leads to another; name another version");
    }

    @Test
    void a_backfill_starts_once() {
        fixture.given(REGISTERED, DECLARED)
                .when(new StartBackfill(VIEW, "ann", ""))
                .expectEvents(STARTED);
    }

    @Test
    void starting_a_backfill_again_changes_nothing() {
        fixture.given(REGISTERED, DECLARED, STARTED)
                .when(new StartBackfill(VIEW, "ann", ""))
                .expectNoEvents();
    }

    @Test
    void a_backfill_without_a_changeover_is_refused() {
        fixture.given(REGISTERED)
                .when(new StartBackfill(VIEW, "ann", ""))
                .expectExceptionMessage("View 'order-board' is in no changeover; declare one first");
    }

    @Test
    void a_finished_backfill_makes_the_version_live() {
        fixture.given(REGISTERED, DECLARED, STARTED)
                .when(new CompleteBackfill(VIEW, "c1", 88))
                .expectEvents(BACKFILLED);
    }

    @Test
    void a_finished_backfill_of_another_changeover_changes_nothing() {
        fixture.given(REGISTERED, DECLARED, STARTED)
                .when(new CompleteBackfill(VIEW, "c0", 88))
                .expectNoEvents();
    }

    @Test
    void a_comparison_before_the_backfill_is_refused() {
        fixture.given(REGISTERED, DECLARED)
                .when(new RecordParity(VIEW, EQUAL, "ann", ""))
                .expectExceptionMessage(
                        "Version 2 of view 'order-board' is in phase declared, and a version can be compared only after its backfill; run the backfill first");
    }

    @Test
    void a_shift_before_the_backfill_is_refused() {
        fixture.given(REGISTERED, DECLARED, STARTED)
                .when(shift(10))
                .expectExceptionMessage(
                        "Version 2 of view 'order-board' is in phase backfilling, and a version can be given readers only after its backfill; run the backfill first");
    }

    @Test
    void a_percentage_above_100_is_refused() {
        fixture.given(REGISTERED, DECLARED, STARTED, BACKFILLED, PROVEN, REHEARSED, WAY_BACK)
                .when(shift(101))
                .expectExceptionMessage("Percentage 101 must be from 0 to 100; give a number in that range");
    }

    @Test
    void a_percentage_below_0_is_refused() {
        fixture.given(REGISTERED, DECLARED, STARTED, BACKFILLED, PROVEN, REHEARSED, WAY_BACK)
                .when(shift(-1))
                .expectExceptionMessage("Percentage -1 must be from 0 to 100; give a number in that range");
    }

    @Test
    void a_shift_without_a_comparison_is_refused() {
        fixture.given(REGISTERED, DECLARED, STARTED, BACKFILLED, REHEARSED, WAY_BACK)
                .when(shift(10))
                .expectExceptionMessage(
                        "Reads of view 'order-board' cannot move forward: the versions have not been compared in this changeover; verify first");
    }

    @Test
    void a_shift_over_differences_is_refused() {
        fixture.given(
                        REGISTERED,
                        DECLARED,
                        STARTED,
                        BACKFILLED,
                        REHEARSED,
                        WAY_BACK,
                        new ParityRecorded(VIEW, "c1", DIFFERENT, "ann", ""))
                .when(shift(10))
                .expectExceptionMessage(
                        "Reads of view 'order-board' cannot move forward: the last comparison found DIFFERENT (3 differences, 0 rows in flight) and must find EQUAL; mend the folds, then verify again");
    }

    @Test
    void a_shift_on_an_old_comparison_is_refused() {
        fixture.given(REGISTERED, DECLARED, STARTED, BACKFILLED, PROVEN, REHEARSED, WAY_BACK)
                .when(new Shift(VIEW, 10, new Evidence(true, true, 0, 0, 1000, 0, 901, 900), "ann", ""))
                .expectExceptionMessage(
                        "Reads of view 'order-board' cannot move forward: the last comparison is 901 seconds old and may be at most 900; verify again");
    }

    @Test
    void a_shift_without_a_way_back_is_refused_with_every_reason() {
        fixture.given(REGISTERED, DECLARED, STARTED, BACKFILLED, PROVEN, REHEARSED, WAY_BACK)
                .when(new Shift(VIEW, 10, new Evidence(false, true, 0, 2000, 1000, 4, 5, 900), "ann", ""))
                .expectExceptionMessage(
                        "Reads of view 'order-board' cannot move forward: version 1, the way back, does not follow live events; start it; also, version 2 is 2000 positions behind and may be at most 1000; wait until it has caught up; also, version 2 has 4 dead letters and must have none; mend its folds and retry them");
    }

    @Test
    void a_shift_over_a_lagging_way_back_is_refused() {
        fixture.given(REGISTERED, DECLARED, STARTED, BACKFILLED, PROVEN, REHEARSED, WAY_BACK)
                .when(new Shift(VIEW, 10, new Evidence(true, false, 1001, 0, 1000, 0, 5, 900), "ann", ""))
                .expectExceptionMessage(
                        "Reads of view 'order-board' cannot move forward: version 1, the way back, is 1001 positions behind and may be at most 1000; wait until it has caught up; also, version 2 does not follow live events; start it");
    }

    @Test
    void reads_move_forward_when_everything_holds() {
        fixture.given(REGISTERED, DECLARED, STARTED, BACKFILLED, PROVEN, REHEARSED, WAY_BACK)
                .when(shift(10))
                .expectEvents(shifted(0, 10));
    }

    @Test
    void reads_step_back_without_any_condition() {
        Evidence nothingHolds = new Evidence(true, false, 0, 99_999, 1000, 7, 9_999, 900);
        fixture.given(REGISTERED, DECLARED, STARTED, BACKFILLED, PROVEN, REHEARSED, WAY_BACK, shifted(0, 50))
                .when(new Shift(VIEW, 10, nothingHolds, "ann", ""))
                .expectEvents(new ReadsShifted(VIEW, "c1", 10, 50, nothingHolds, "ann", ""));
    }

    @Test
    void a_shift_to_the_present_percentage_changes_nothing() {
        fixture.given(REGISTERED, DECLARED, STARTED, BACKFILLED, PROVEN, REHEARSED, WAY_BACK, shifted(0, 10))
                .when(shift(10))
                .expectNoEvents();
    }

    @Test
    void a_rollback_sends_all_reads_back() {
        fixture.given(REGISTERED, DECLARED, STARTED, BACKFILLED, PROVEN, REHEARSED, WAY_BACK, shifted(0, 100))
                .when(new RollBack(VIEW, "ann", "errors"))
                .expectEvents(new RolledBack(VIEW, "c1", 100, "ann", "errors"));
    }

    @Test
    void a_rollback_with_no_reads_moved_changes_nothing() {
        fixture.given(REGISTERED, DECLARED, STARTED, BACKFILLED, PROVEN, REHEARSED, WAY_BACK)
                .when(new RollBack(VIEW, "ann", ""))
                .expectNoEvents();
    }

    @Test
    void after_a_rollback_reads_can_move_forward_again() {
        fixture.given(
                        REGISTERED,
                        DECLARED,
                        STARTED,
                        BACKFILLED,
                        PROVEN,
                        REHEARSED,
                        WAY_BACK,
                        shifted(0, 100),
                        new RolledBack(VIEW, "c1", 100, "ann", ""),
                        new RollbackConfirmed(VIEW, "c1", List.of("node-1")))
                .when(shift(100))
                .expectEvents(shifted(0, 100));
    }

    @Test
    void completing_below_100_percent_is_refused() {
        fixture.given(REGISTERED, DECLARED, STARTED, BACKFILLED, PROVEN, REHEARSED, WAY_BACK, shifted(0, 50))
                .when(new Complete(VIEW, List.of(), "ann", ""))
                .expectExceptionMessage(
                        "Version 2 of view 'order-board' serves 50 % of readers, and a changeover is complete only at 100 %; shift to 100 first");
    }

    @Test
    void completing_makes_the_new_version_the_one_that_serves() {
        fixture.given(REGISTERED, DECLARED, STARTED, BACKFILLED, PROVEN, REHEARSED, WAY_BACK, shifted(0, 100))
                .when(new Complete(VIEW, List.of(), "ann", ""))
                .expectEvents(new Completed(VIEW, "c1", "ann", ""));
        fixture.given(
                        REGISTERED,
                        DECLARED,
                        STARTED,
                        BACKFILLED,
                        PROVEN,
                        REHEARSED,
                        WAY_BACK,
                        shifted(0, 100),
                        new Completed(VIEW, "c1", "ann", ""))
                .when(new Declare(VIEW, "c2", 3, "ann", ""))
                .expectEvents(new Declared(VIEW, "c2", 2, 3, "ann", ""));
    }

    @Test
    void completing_while_somebody_still_reads_the_old_version_is_refused_with_everybody_who_does() {
        Instant noticed = Instant.parse("2026-03-10T12:00:00Z");
        fixture.given(REGISTERED, DECLARED, STARTED, BACKFILLED, PROVEN, REHEARSED, WAY_BACK, shifted(0, 100))
                .when(new Complete(
                        VIEW,
                        List.of(
                                new StillReading("web-shop", true, 12, noticed),
                                new StillReading("cron", false, 1, noticed.plusSeconds(60))),
                        "ann",
                        ""))
                .expectNoEvents()
                .expectException(ChangeoverRefusedException.class)
                .expectExceptionMessage(
                        "Version 1 of view 'order-board' is still read although all readers have moved to version 2: by web-shop (declared, 12 calls, last noticed at 2026-03-10T12:00:00Z), cron (undeclared, 1 call, last noticed at 2026-03-10T12:01:00Z); a version is given up only when nobody reads it, so find out what keeps them there and move them");
    }

    @Test
    void completing_below_100_percent_is_refused_for_that_before_anybody_who_reads() {
        fixture.given(REGISTERED, DECLARED, STARTED, BACKFILLED, PROVEN, REHEARSED, WAY_BACK, shifted(0, 50))
                .when(new Complete(VIEW, List.of(new StillReading("web-shop", true, 12, Instant.EPOCH)), "ann", ""))
                .expectExceptionMessage(
                        "Version 2 of view 'order-board' serves 50 % of readers, and a changeover is complete only at 100 %; shift to 100 first");
    }

    @Test
    void aborting_while_the_new_version_serves_is_refused() {
        fixture.given(REGISTERED, DECLARED, STARTED, BACKFILLED, PROVEN, REHEARSED, WAY_BACK, shifted(0, 10))
                .when(new Abort(VIEW, "ann", ""))
                .expectExceptionMessage(
                        "Version 2 of view 'order-board' still serves 10 % of readers, and a changeover is given up only at 0 %; roll back first");
    }

    @Test
    void an_aborted_changeover_leaves_the_old_version_serving_and_the_view_free() {
        fixture.given(REGISTERED, DECLARED)
                .when(new Abort(VIEW, "ann", ""))
                .expectEvents(new Aborted(VIEW, "c1", "ann", ""));
        fixture.given(REGISTERED, DECLARED, new Aborted(VIEW, "c1", "ann", ""))
                .when(new Declare(VIEW, "c2", 2, "ann", ""))
                .expectEvents(new Declared(VIEW, "c2", 1, 2, "ann", ""));
    }

    private static final Instant DAY_8 = Instant.parse("2027-03-08T00:00:00Z");
    private static final Instant DAY_9 = Instant.parse("2027-03-09T00:00:00Z");
    private static final String LINK = "https://example.org/order-board-1";
    private static final SunsetScheduled SCHEDULED = new SunsetScheduled(VIEW, 1, DAY_9, LINK, "ann", "paper");

    private static ScheduleSunset sunset(int version, Instant at, String link) {
        return new ScheduleSunset(VIEW, version, at, DAY_8, link, "ann", "paper");
    }

    private TestExecutor<Changeover> superseded() {
        return fixture.given(REGISTERED, DECLARED, STARTED, BACKFILLED, PROVEN, REHEARSED, WAY_BACK, shifted(0, 100));
    }

    @Test
    void a_version_whose_readers_have_all_moved_can_be_given_an_end() {
        superseded().when(sunset(1, DAY_9, LINK)).expectEvents(SCHEDULED);
    }

    @Test
    void an_end_that_is_settled_can_be_moved_and_its_link_left_out() {
        superseded()
                .andGiven(SCHEDULED)
                .when(sunset(1, DAY_8, null))
                .expectEvents(new SunsetScheduled(VIEW, 1, DAY_8, null, "ann", "paper"));
    }

    @Test
    void a_version_stays_superseded_when_the_changeover_is_complete() {
        superseded()
                .andGiven(new Completed(VIEW, "c1", "ann", ""))
                .when(sunset(1, DAY_9, LINK))
                .expectEvents(SCHEDULED);
    }

    @Test
    void an_end_before_the_promised_notice_is_refused() {
        superseded()
                .when(sunset(1, Instant.parse("2027-03-07T23:59:59Z"), null))
                .expectExceptionMessage(
                        "Version 1 of view 'order-board' cannot end at 2027-03-07T23:59:59Z: consumers are promised notice until 2027-03-08T00:00:00Z; name that time or a later one");
    }

    @Test
    void an_end_that_no_header_can_say_is_refused() {
        superseded()
                .when(sunset(1, Instant.parse("+10000-01-01T00:00:00Z"), null))
                .expectExceptionMessage(
                        "Version 1 of view 'order-board' cannot end at +10000-01-01T00:00:00Z: an HTTP date has four digits for the year; name an earlier time");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/moving",
                "ftp://example.org/moving",
                "https:///moving",
                "mailto:ann@example.org",
                "https://example.org/a b",
                "https://example.org/>",
                "https://example.org/\u00e9",
                ""
            })
    void a_link_that_is_no_absolute_address_is_refused(String link) {
        superseded()
                .when(sunset(1, DAY_9, link))
                .expectExceptionMessage(
                        "Link '%s' must be an absolute http or https address of at most 500 characters; correct it"
                                .formatted(link));
    }

    @Test
    void a_link_of_500_characters_is_taken_and_a_longer_one_is_refused() {
        String longest = "https://example.org/" + "a".repeat(480);
        superseded()
                .when(sunset(1, DAY_9, longest))
                .expectEvents(new SunsetScheduled(VIEW, 1, DAY_9, longest, "ann", "paper"));
        fixture();
        superseded()
                .when(sunset(1, DAY_9, longest + "a"))
                .expectExceptionMessage(
                        "Link 'https://example.org/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa...' must be an absolute http or https address of at most 500 characters; correct it");
    }

    @Test
    void a_version_that_still_has_readers_has_no_end() {
        fixture.given(REGISTERED, DECLARED, STARTED, BACKFILLED, PROVEN, REHEARSED, WAY_BACK, shifted(0, 99))
                .when(sunset(1, DAY_9, null))
                .expectException(ChangeoverRefusedException.class)
                .expectExceptionMessage(NOT_SUPERSEDED);
    }

    @Test
    void a_version_that_readers_have_come_back_to_is_superseded_no_more() {
        superseded()
                .andGiven(SCHEDULED, shifted(100, 50))
                .when(sunset(1, DAY_9, null))
                .expectExceptionMessage(NOT_SUPERSEDED);
        fixture();
        superseded()
                .andGiven(SCHEDULED, new RolledBack(VIEW, "c1", 100, "ann", ""))
                .when(new WithdrawSunset(VIEW, 1, "ann", ""))
                .expectExceptionMessage(NOT_SUPERSEDED);
    }

    @Test
    void an_end_of_before_a_rollback_does_not_come_back_with_the_next_shift() {
        superseded()
                .andGiven(SCHEDULED, new RolledBack(VIEW, "c1", 100, "ann", ""), shifted(0, 100))
                .when(new WithdrawSunset(VIEW, 1, "ann", ""))
                .expectNoEvents();
    }

    @Test
    void the_version_that_serves_has_no_end() {
        superseded()
                .when(sunset(2, DAY_9, null))
                .expectExceptionMessage(NOT_SUPERSEDED.replace("Version 1", "Version 2"));
    }

    @Test
    void an_end_is_withdrawn_once() {
        superseded()
                .andGiven(SCHEDULED)
                .when(new WithdrawSunset(VIEW, 1, "ann", "later"))
                .expectEvents(new SunsetWithdrawn(VIEW, 1, "ann", "later"));
        fixture();
        superseded().when(new WithdrawSunset(VIEW, 1, "ann", "later")).expectNoEvents();
    }

    private static final String NOT_SUPERSEDED =
            "Version 1 of view 'order-board' has not been superseded, and only a version whose readers have all moved to another can end; shift its readers to 100 % first";

    private static final Pin ACME = new Pin(Pin.Kind.TENANT, "acme");
    private static final Evidence UNHEALTHY = new Evidence(false, true, 0, 0, 1_000, 0, 0, 900);

    private static PinReader pin(int version, Evidence evidence) {
        return new PinReader(VIEW, ACME, version, evidence, "ann", "");
    }

    private static ReaderPinned pinned(int version) {
        return new ReaderPinned(VIEW, "c1", Pin.Kind.TENANT, "acme", version, HEALTHY, "ann", "");
    }

    @Test
    void a_tenant_is_pinned_to_the_new_version_once_and_by_the_rules_of_a_shift() {
        fixture.given(REGISTERED, DECLARED, STARTED, BACKFILLED, PROVEN, REHEARSED, WAY_BACK)
                .when(pin(2, HEALTHY))
                .expectEvents(pinned(2));
        fixture.given(REGISTERED, DECLARED, STARTED, BACKFILLED, PROVEN, REHEARSED, WAY_BACK, pinned(2))
                .when(pin(2, HEALTHY))
                .expectNoEvents();
        fixture.given(REGISTERED, DECLARED, STARTED, BACKFILLED, PROVEN, REHEARSED, WAY_BACK)
                .when(pin(2, UNHEALTHY))
                .expectExceptionMessage(
                        "Reads of view 'order-board' cannot move forward: version 1, the way back, does not follow live events; start it");
        fixture.given(REGISTERED, DECLARED)
                .when(pin(2, HEALTHY))
                .expectExceptionMessage(
                        "Version 2 of view 'order-board' is in phase declared, and a version can be given readers only after its backfill; run the backfill first");
    }

    @Test
    void pinning_to_the_old_version_is_always_allowed() {
        fixture.given(REGISTERED, DECLARED).when(pin(1, UNHEALTHY)).expectSuccessfulHandlerExecution();
    }

    @Test
    void a_pin_to_a_version_that_takes_no_part_or_of_nobody_is_refused() {
        fixture.given(REGISTERED, DECLARED)
                .when(pin(3, HEALTHY))
                .expectExceptionMessage(
                        "Version 3 of view 'order-board' takes no part in its changeover from 1 to 2, and readers can be pinned only to one that does; name 1 or 2");
        fixture.given(REGISTERED, DECLARED)
                .when(new PinReader(VIEW, new Pin(Pin.Kind.PRINCIPAL, " "), 1, HEALTHY, "ann", ""))
                .expectExceptionMessage(
                        "A principal must have 1 to 200 characters and no control characters; correct it");
        fixture.given(REGISTERED)
                .when(pin(1, HEALTHY))
                .expectExceptionMessage("View 'order-board' is in no changeover; declare one first");
    }

    @Test
    void a_pin_is_taken_away_once() {
        ReaderUnpinned unpinned = new ReaderUnpinned(VIEW, "c1", Pin.Kind.TENANT, "acme", "ann", "");
        fixture.given(REGISTERED, DECLARED, pinned(1))
                .when(new UnpinReader(VIEW, ACME, "ann", ""))
                .expectEvents(unpinned);
        fixture.given(REGISTERED, DECLARED, pinned(1), unpinned)
                .when(new UnpinReader(VIEW, ACME, "ann", ""))
                .expectExceptionMessage(
                        "tenant 'acme' is not pinned to a version of view 'order-board', and only a pin that is there can be taken away; look at the route to see which are");
    }

    @Test
    void a_rollback_sends_those_back_too_who_are_pinned_to_the_new_version() {
        fixture.given(REGISTERED, DECLARED, STARTED, BACKFILLED, PROVEN, REHEARSED, WAY_BACK, pinned(2))
                .when(new RollBack(VIEW, "ann", ""))
                .expectEvents(new RolledBack(VIEW, "c1", 0, "ann", ""));
        fixture.given(
                        REGISTERED,
                        DECLARED,
                        STARTED,
                        BACKFILLED,
                        PROVEN,
                        REHEARSED,
                        WAY_BACK,
                        pinned(2),
                        new RolledBack(VIEW, "c1", 0, "ann", ""))
                .when(new RollBack(VIEW, "ann", ""))
                .expectNoEvents();
    }

    @Test
    void a_changeover_does_not_end_while_readers_are_pinned_to_the_version_that_leaves() {
        fixture.given(REGISTERED, DECLARED, STARTED, BACKFILLED, PROVEN, REHEARSED, WAY_BACK, pinned(2))
                .when(new Abort(VIEW, "ann", ""))
                .expectExceptionMessage(
                        "Version 2 of view 'order-board' still serves who is pinned to it: tenant 'acme'; roll back first, which sends them back too");
        fixture.given(
                        REGISTERED,
                        DECLARED,
                        STARTED,
                        BACKFILLED,
                        PROVEN,
                        REHEARSED,
                        WAY_BACK,
                        pinned(1),
                        shifted(0, 100))
                .when(new Complete(VIEW, List.of(), "ann", ""))
                .expectExceptionMessage(
                        "Version 1 of view 'order-board' still serves who is pinned to it: tenant 'acme'; take these pins away first");
    }
}
