package io.changeover.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.changeover.plan.Plan.Breach;
import io.changeover.plan.Plan.Completion;
import io.changeover.plan.Plan.Step;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PlanReaderTest {

    private static List<String> problems(String text) {
        InvalidPlanException refused = catchThrowableOfType(InvalidPlanException.class, () -> PlanReader.read(text));
        assertThat(refused).as("the plan is refused").isNotNull();
        return refused.problems();
    }

    @Test
    void every_part_of_a_plan_is_read() {
        Plan plan = PlanReader.read(
                """
                name: order-board to 2
                view: order-board
                to: 2
                shadow: 10m
                steps:
                  - percent: 5
                    soak: 15m
                  - {percent: 25%, soak: PT30M, approval: approver}
                  - percent: 100
                soak: 24h
                gates:
                  lag: 500
                  parity-age: 5m
                  dead-letters: 1
                  shadow-differences: {most: 0.1%, samples: 30}
                  errors: 0.02
                  latency-ratio: 1.5
                  error-budget-left: 10%
                  nodes: any
                  beans: [office-hours]
                on-breach: {default: hold, latency: step-back, office-hours: roll-back}
                quiet:
                  - {days: [sat, sunday]}
                  - {from: 22:00, until: "06:00", zone: Europe/Berlin}
                completion: {automatic: true, hold: 7d, purge: 90s}
                """);

        assertThat(plan)
                .isEqualTo(new Plan(
                        "order-board to 2",
                        "order-board",
                        2,
                        Duration.ofMinutes(10),
                        List.of(
                                new Step(5, Duration.ofMinutes(15), null),
                                new Step(25, Duration.ofMinutes(30), "approver"),
                                new Step(100, Duration.ZERO, null)),
                        Duration.ofDays(1),
                        new Limits(500, Duration.ofMinutes(5), 1, 0.001, 30, 0.02, 20, 1.5, 0.1, false),
                        List.of("office-hours"),
                        Breach.HOLD,
                        Map.of("latency", Breach.STEP_BACK, "office-hours", Breach.ROLL_BACK),
                        List.of(
                                new QuietTime(
                                        Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY),
                                        LocalTime.MIDNIGHT,
                                        LocalTime.MIDNIGHT,
                                        ZoneOffset.UTC),
                                new QuietTime(
                                        Set.of(), LocalTime.of(22, 0), LocalTime.of(6, 0), ZoneId.of("Europe/Berlin"))),
                        new Completion(true, Duration.ofDays(7), Duration.ofSeconds(90))));
    }

    @Test
    void what_is_left_out_is_that_of_the_standard_plan() {
        assertThat(PlanReader.read("name: default")).isEqualTo(Plan.standard());
        assertThat(PlanReader.read("{gates: {lag: 1000}, on-breach: {lag: hold}}")
                        .breachOf("errors"))
                .isEqualTo(Breach.ROLL_BACK);
    }

    @Test
    void all_problems_are_told_at_once_with_their_places() {
        assertThat(
                        problems(
                                """
                name: ''
                view: Order Board
                to: two
                shaddow: 10m
                steps:
                  - percent: 25
                    soak: soon
                  - {percent: 5, aproval: me}
                  - {soak: 1h}
                  - {percent: 101}
                  - {percent: 50, approval: The Boss}
                soak: 900d
                soak: 1d
                gates:
                  lag: -1
                  dead-letters: [1]
                  shadow-differences: {most: 101%, sample: 3}
                  errors: often
                  latency-ratio: 0
                  nodes: some
                  beans: [Office, office, office]
                on-breach: {default: panic, latncy: hold}
                quiet:
                  - {days: [sat, caturday], from: 22:00}
                  - {from: late, until: early, zone: Mars}
                completion: later
                """))
                .containsExactly(
                        "line 1, column 7: name is '' but must have 1 to 200 characters; correct it",
                        "line 2, column 7: view is 'Order Board' but must be the name of a view such as order-board; correct it",
                        "line 3, column 5: to is 'two' but must be a version from 1 to 999999; correct it",
                        "line 4, column 1: key 'shaddow' is not known in a plan, perhaps 'shadow' is meant; correct it or take it out",
                        "line 7, column 11: steps[0].soak is 'soon' but must be a duration from 0s to 366d such as 90s, 10m, 24h or 7d; correct it",
                        "line 8, column 15: steps[1].percent is '5' but must be above 25, the step before; correct it",
                        "line 8, column 18: key 'aproval' is not known in steps[1], perhaps 'approval' is meant; correct it or take it out",
                        "line 9, column 5: steps[2].percent is missing but required; add it",
                        "line 10, column 15: steps[3].percent is '101' but must be a share of readers from 1 to 100; correct it",
                        "line 11, column 15: steps[4].percent is '50' but must be 100 in the last step; correct it",
                        "line 11, column 29: steps[4].approval is 'The Boss' but must be a role such as approver; correct it",
                        "line 12, column 7: soak is '900d' but must be a duration from 0s to 366d such as 90s, 10m, 24h or 7d; correct it",
                        "line 13, column 1: key 'soak' stands here again after line 12, and each key stands once; take one of them out",
                        "line 15, column 8: gates.lag is '-1' but must be a whole number, 0 or greater; correct it",
                        "line 16, column 17: gates.dead-letters is a list but must be a whole number, 0 or greater; correct it",
                        "line 17, column 30: gates.shadow-differences.most is '101%' but must be a share from 0 to 1, such as 0.1% or 0.001; correct it",
                        "line 17, column 36: key 'sample' is not known in gates.shadow-differences, perhaps 'samples' is meant; correct it or take it out",
                        "line 18, column 11: gates.errors is 'often' but must be a share from 0 to 1, such as 0.1% or 0.001; correct it",
                        "line 19, column 18: gates.latency-ratio is '0' but must be a number above 0, at most 1000; correct it",
                        "line 20, column 10: gates.nodes is 'some' but must be all, or any where it does not matter which nodes have acknowledged; correct it",
                        "line 21, column 11: gates.beans is 'Office' but must be the name of a gate of your own such as office-hours; correct it",
                        "line 21, column 27: gates.beans is 'office' but stands there twice; name each once; correct it",
                        "line 22, column 22: on-breach.default is 'panic' but must be hold, step-back or roll-back; correct it",
                        "line 22, column 29: key 'latncy' is not known in on-breach, perhaps 'latency' is meant; correct it or take it out",
                        "line 24, column 5: quiet[0] has one of from and until but needs both, or none for whole days; add the other",
                        "line 24, column 18: quiet[0].days is 'caturday' but must be a day such as mon or monday; correct it",
                        "line 25, column 12: quiet[1].from is 'late' but must be a time such as \"22:00\"; correct it",
                        "line 25, column 25: quiet[1].until is 'early' but must be a time such as \"06:00\"; correct it",
                        "line 25, column 38: quiet[1].zone is 'Mars' but must be a time zone such as Europe/Berlin; correct it",
                        "line 26, column 13: completion is 'later' but must be a mapping with some of the keys automatic, hold, purge; correct it");
    }

    @Test
    void what_makes_yaml_dangerous_is_refused_before_it_is_read() {
        assertThat(
                        problems(
                                """
                name: !!java.lang.ProcessBuilder [rm]
                steps: &bomb [{percent: 100}]
                quiet: *bomb
                """))
                .containsExactly(
                        "line 1, column 7: tag 'tag:yaml.org,2002:java.lang.ProcessBuilder' is not allowed in a plan; take it out",
                        "line 2, column 8: anchor '&bomb' is not allowed in a plan; take it out",
                        "line 3, column 8: alias '*bomb' is not allowed in a plan; write out what it stands for");
        assertThat(problems("steps: " + "[".repeat(500) + "]".repeat(500)))
                .containsExactly("line 1, column 17: values are nested more than 10 deep; a plan needs 4");
        assertThat(problems("name: a\n---\nname: b\n"))
                .containsExactly(
                        "line 2, column 1: a second document begins, and a file holds one plan; put it into a file of its own");
        assertThat(problems("name: " + "a".repeat(10_000)))
                .containsExactly("line 1, column 1: the text has 10006 characters but may have 10000; shorten it");
    }

    @Test
    void a_text_that_is_no_plan_at_all_is_refused() {
        String empty =
                "line 1, column 1: the text holds no plan; write at least its steps, or print one with 'plan default'";
        assertThat(problems("")).containsExactly(empty);
        assertThat(problems("# later\n")).containsExactly(empty);
        assertThat(problems("~")).containsExactly(empty);
        assertThat(problems("- 5"))
                .containsExactly(
                        "line 1, column 1: the plan is a list but must be a mapping with some of the keys name, view, to, shadow, steps, soak, gates, on-breach, quiet, completion, four-eyes; correct it");
        assertThat(problems("name: a\nsteps: [{percent: 5}"))
                .containsExactly(
                        "line 2, column 21: the text is no YAML: expected ',' or ']', but got <stream end>; correct its syntax");
        assertThat(problems("name: a\nview: \u0007"))
                .containsExactly("line 2, column 7: character U+0007 is not allowed in YAML; take it out");
        assertThat(problems("steps: []"))
                .containsExactly(
                        "line 1, column 8: steps is an empty list but must lead to 100 %; add a step, or leave steps out for the default ones");
        assertThat(problems("view:"))
                .containsExactly(
                        "line 1, column 6: view is empty but must be the name of a view such as order-board; correct it");
        assertThat(problems("wishes: many"))
                .containsExactly(
                        "line 1, column 1: key 'wishes' is not known in a plan, the keys are name, view, to, shadow, steps, soak, gates, on-breach, quiet, completion, four-eyes; correct it or take it out");
    }

    @Test
    void the_message_holds_every_problem() {
        InvalidPlanException refused =
                catchThrowableOfType(InvalidPlanException.class, () -> PlanReader.read("{to: 0, soak: x}"));
        assertThat(refused)
                .hasMessage(
                        "The plan cannot be read: line 1, column 6: to is '0' but must be a version from 1 to 999999; correct it; line 1, column 15: soak is 'x' but must be a duration from 0s to 366d such as 90s, 10m, 24h or 7d; correct it");
        assertThat(refused.found().get(1).column()).isEqualTo(15);
    }

    @Test
    void a_plan_that_is_made_in_code_is_held_to_the_same_rules() {
        Plan standard = Plan.standard();
        InvalidPlanException refused = catchThrowableOfType(
                InvalidPlanException.class,
                () -> new Plan(
                        " ",
                        "Board",
                        0,
                        standard.shadow(),
                        List.of(),
                        Duration.ofDays(-1),
                        standard.limits(),
                        List.of("A"),
                        Breach.HOLD,
                        Map.of("luck", Breach.HOLD),
                        List.of(),
                        standard.completion()));
        assertThat(refused)
                .hasMessage(
                        "The plan cannot be carried out: name is ' ' but must have 1 to 200 characters; view is 'Board' but must be the name of a view, such as order-board; to is 0 but must be a version, 1 or greater; soak is PT-24H but must be from 0 to PT8784H; steps has no entry but must lead to 100 %; beans has 'A' but must have names of gates, such as office-hours; on-breach names 'luck' but must name a built-in gate or one of the plan's beans; correct it");
    }

    @ParameterizedTest
    @CsvSource({
        "90s, PT1M30S, 1m30s",
        "10m, PT10M, 10m",
        "24h, PT24H, 1d",
        "7d, PT168H, 7d",
        "1d2h3m4s, PT26H3M4S, 1d2h3m4s",
        "0s, PT0S, 0s",
        "PT0.5S, PT0.5S, PT0.5S",
        "p1d, PT24H, 1d"
    })
    void durations_are_read_and_written_as_people_say_them(String text, Duration means, String written) {
        assertThat(DurationText.parse(text)).hasValue(means);
        assertThat(DurationText.of(means)).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource({"''", "5", "5 m", "m", "1m1h", "1w", "ten", "1.5h", "99999999999999999999s"})
    void what_is_no_duration_is_none(String text) {
        assertThat(DurationText.parse(text)).isEmpty();
    }
}
