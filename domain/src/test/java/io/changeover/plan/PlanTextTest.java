package io.changeover.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.changeover.ChangeoverEvent;
import io.changeover.changeover.ChangeoverEvent.PlanAdopted;
import io.changeover.event.EventSerializer;
import io.changeover.event.EventTypes;
import io.changeover.plan.Plan.Breach;
import io.changeover.plan.Plan.Completion;
import io.changeover.plan.Plan.Step;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.axonframework.serialization.SerializedObject;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PlanTextTest {

    private static final List<String> NAMES = List.of(
            "order-board to 2",
            "true",
            "12",
            "it's: a \"plan\" # of \\ ours",
            "- dash",
            " spaces ",
            "tab\tand\nline",
            "Übergang \uD83C\uDFAC",
            "null",
            "~",
            "{x}",
            "1e3");

    private final EventSerializer serializer =
            new EventSerializer(EventTypes.of(new ArrayList<>(ChangeoverEvent.CLASSES)));

    @Test
    void the_standard_plan_is_written_with_every_part() {
        assertThat(PlanText.of(Plan.standard()))
                .isEqualTo(
                        """
                name: default
                shadow: 10m
                steps:
                  - {percent: 1, soak: 15m}
                  - {percent: 10, soak: 30m}
                  - {percent: 50, soak: 1h}
                  - {percent: 100, soak: 0s}
                soak: 1d
                gates:
                  lag: 1000
                  parity-age: 15m
                  dead-letters: 0
                  shadow-differences: {most: 0.1%, samples: 20}
                  errors: {most: 1%, calls: 20}
                  latency-ratio: 2
                  error-budget-left: 0%
                  nodes: all
                on-breach: roll-back
                completion: {automatic: false, hold: 7d, purge: 7d}
                """);
    }

    @Test
    void a_plan_that_is_written_and_read_is_the_same_plan() {
        for (long seed = 0; seed < 300; seed++) {
            Plan plan = plan(new Random(seed));
            assertThat(PlanReader.read(PlanText.of(plan))).as("seed %d", seed).isEqualTo(plan);
        }
    }

    @Test
    void a_plan_returns_from_its_event_as_it_was() {
        for (long seed = 0; seed < 100; seed++) {
            PlanAdopted adopted = new PlanAdopted("order-board", "c1", plan(new Random(seed)), "ann", "");
            SerializedObject<byte[]> stored = serializer.serialize(adopted, byte[].class);
            assertThat(serializer.<byte[], Object>deserialize(stored))
                    .as("seed %d: %s", seed, new String(stored.getData(), StandardCharsets.UTF_8))
                    .isEqualTo(adopted);
        }
    }

    @Test
    void a_plan_is_stored_in_a_form_that_people_can_read_in_the_audit_trail() {
        PlanAdopted adopted = new PlanAdopted("order-board", "c1", Plan.standard(), "ann", "");
        String stored = new String(serializer.serialize(adopted, byte[].class).getData(), StandardCharsets.UTF_8);
        assertThat(stored)
                .contains("\"shadow\":\"PT10M\"")
                .contains("{\"percent\":1,\"soak\":\"PT15M\",\"approval\":null}")
                .contains("\"onBreach\":\"ROLL_BACK\"")
                .contains("\"completion\":{\"automatic\":false,\"hold\":\"PT168H\",\"purge\":\"PT168H\"}");
    }

    @Test
    void a_plan_from_before_there_were_four_eyes_is_read_and_one_that_does_not_want_them_is_written_like_it() {
        PlanAdopted one = new PlanAdopted("order-board", "c1", Plan.standard(), "ann", "");
        SerializedObject<byte[]> stored = serializer.serialize(one, byte[].class);
        assertThat(new String(stored.getData(), StandardCharsets.UTF_8)).doesNotContain("fourEyes");
        assertThat(serializer.<byte[], Object>deserialize(stored)).isEqualTo(one);
        Plan two = PlanReader.read("four-eyes: true\n");
        assertThat(two.wantsFourEyes()).isTrue();
        assertThat(PlanText.of(two)).endsWith("\nfour-eyes: true\n");
        assertThat(new String(
                        serializer
                                .serialize(new PlanAdopted("order-board", "c1", two, "ann", ""), byte[].class)
                                .getData(),
                        StandardCharsets.UTF_8))
                .contains("\"fourEyes\":true");
        assertThat(PlanReader.read("four-eyes: false\n")).isEqualTo(Plan.standard());
    }

    /** A plan of any shape that the rules allow. */
    private static Plan plan(Random random) {
        List<Step> steps = new ArrayList<>();
        for (int percent = 1 + random.nextInt(40); percent < 100; percent += 1 + random.nextInt(60)) {
            steps.add(new Step(percent, duration(random), random.nextBoolean() ? null : "approver"));
        }
        steps.add(new Step(100, duration(random), random.nextBoolean() ? null : "on-call"));
        List<String> beans = random.nextBoolean() ? List.of() : List.of("office-hours", "yes");
        Map<String, Breach> breaches = new HashMap<>();
        Plan.GATES.stream().filter(gate -> random.nextInt(4) == 0).forEach(gate -> breaches.put(gate, breach(random)));
        beans.stream().filter(gate -> random.nextInt(2) == 0).forEach(gate -> breaches.put(gate, breach(random)));
        List<QuietTime> quiet = new ArrayList<>();
        while (random.nextBoolean()) {
            quiet.add(quiet(random));
        }
        return new Plan(
                NAMES.get(random.nextInt(NAMES.size())),
                random.nextBoolean() ? null : "order-board",
                random.nextBoolean() ? null : 1 + random.nextInt(999_999),
                duration(random),
                steps,
                duration(random),
                new Limits(
                        random.nextInt(10_000),
                        duration(random),
                        random.nextInt(3),
                        random.nextDouble(),
                        random.nextInt(100),
                        random.nextInt(101) / 100.0,
                        random.nextInt(100),
                        0.001 + random.nextDouble() * 9,
                        random.nextInt(1_001) / 1_000.0,
                        random.nextBoolean()),
                beans,
                breach(random),
                breaches,
                quiet,
                new Completion(random.nextBoolean(), duration(random), duration(random)),
                random.nextBoolean());
    }

    private static Duration duration(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> Duration.ZERO;
            case 1 -> Duration.ofSeconds(random.nextInt(366 * 86_400));
            case 2 -> Duration.ofDays(random.nextInt(367));
            default -> Duration.ofMillis(random.nextInt(1_000_000));
        };
    }

    private static Breach breach(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> Breach.HOLD;
            case 1 -> Breach.STEP_BACK;
            default -> Breach.ROLL_BACK;
        };
    }

    private static QuietTime quiet(Random random) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            if (random.nextInt(3) == 0) {
                days.add(day);
            }
        }
        List<String> zones = List.of("Z", "Europe/Berlin", "UTC", "+05:30", "America/New_York");
        return new QuietTime(
                days,
                LocalTime.MIDNIGHT.plusMinutes(random.nextInt(1_440)),
                random.nextBoolean() ? LocalTime.MIDNIGHT : LocalTime.of(6, 0).plusSeconds(random.nextInt(60)),
                ZoneId.of(zones.get(random.nextInt(zones.size()))));
    }
}
