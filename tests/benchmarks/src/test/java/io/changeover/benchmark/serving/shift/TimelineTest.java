package io.changeover.benchmark.serving.shift;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.benchmark.serving.shift.Timeline.Judgement;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TimelineTest {

    private static final int MOVED_AT_10 = 999;
    private static final int MOVED_AT_50 = 4_999;

    /** 10 % from 100, acknowledged at 110; 50 % from 200, acknowledged at 230; all back from 300, acknowledged at 310. */
    private final Timeline timeline = new Timeline(
            "node-1",
            1,
            2,
            List.of(
                    new Decided(7, 10, 100, 120, Map.of("node-1", 110L, "node-2", 115L)),
                    new Decided(8, 50, 200, 240, Map.of("node-1", 230L, "node-2", 205L)),
                    new Decided(9, 0, 300, 320, Map.of("node-1", 310L, "node-2", 310L))));

    @TempDir
    private Path folder;

    @Test
    void before_the_first_decision_the_old_version_answers() {
        assertThat(timeline.judge(0, 99, MOVED_AT_10, 1)).isEqualTo(Judgement.RIGHT);
        assertThat(timeline.judge(0, 99, MOVED_AT_10, 2)).isEqualTo(Judgement.WRONG);
    }

    @Test
    void between_an_acknowledgement_and_the_next_command_only_what_was_decided_is_right() {
        assertThat(timeline.judge(110, 199, MOVED_AT_10, 2)).isEqualTo(Judgement.RIGHT);
        assertThat(timeline.judge(110, 199, MOVED_AT_10, 1)).isEqualTo(Judgement.WRONG);
        assertThat(timeline.judge(110, 199, MOVED_AT_10 + 1, 1)).isEqualTo(Judgement.RIGHT);
        assertThat(timeline.judge(110, 199, MOVED_AT_10 + 1, 2)).isEqualTo(Judgement.WRONG);
    }

    @Test
    void a_read_that_began_before_the_acknowledgement_may_be_answered_by_either_version() {
        assertThat(timeline.judge(109, 150, MOVED_AT_10, 1)).isEqualTo(Judgement.MOVING);
        assertThat(timeline.judge(109, 150, MOVED_AT_10, 2)).isEqualTo(Judgement.MOVING);
        assertThat(timeline.judge(109, 150, MOVED_AT_50, 2)).isEqualTo(Judgement.WRONG);
    }

    @Test
    void a_read_that_ended_after_the_next_command_may_be_answered_by_either_version() {
        assertThat(timeline.judge(150, 200, MOVED_AT_50, 2)).isEqualTo(Judgement.MOVING);
        assertThat(timeline.judge(150, 199, MOVED_AT_50, 2)).isEqualTo(Judgement.WRONG);
    }

    @Test
    void a_reader_whom_a_decision_does_not_move_has_one_right_version_across_it() {
        assertThat(timeline.judge(150, 250, MOVED_AT_10, 2)).isEqualTo(Judgement.RIGHT);
        assertThat(timeline.judge(150, 250, MOVED_AT_10, 1)).isEqualTo(Judgement.WRONG);
    }

    @Test
    void after_the_way_back_is_acknowledged_the_new_version_is_wrong_for_everybody() {
        assertThat(timeline.judge(310, 10_000, 0, 1)).isEqualTo(Judgement.RIGHT);
        assertThat(timeline.judge(310, 10_000, 0, 2)).isEqualTo(Judgement.WRONG);
    }

    @Test
    void a_decision_counts_from_the_last_acknowledgement_of_any_node() {
        assertThat(new Decided(8, 50, 200, 240, Map.of("node-1", 230L, "node-2", 205L)).effective())
                .isEqualTo(30);
    }

    @Test
    void reads_come_back_from_a_file_as_they_were() throws IOException {
        Path file = folder.resolve("reads");
        ReadLog log = new ReadLog();
        List<List<Long>> written = new ArrayList<>();
        for (long i = 0; i < 10_000; i++) {
            log.add(1L << 60, (1L << 60) + i, (int) i, 1 + (int) (i & 1));
            written.add(List.of(1L << 60, (1L << 60) + i, i, 1 + (i & 1)));
        }
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
            log.writeTo(out);
        }

        List<List<Long>> read = new ArrayList<>();
        ReadLog.visit(
                file, (begin, end, cohort, version) -> read.add(List.of(begin, end, (long) cohort, (long) version)));
        assertThat(log.size()).isEqualTo(10_000);
        assertThat(read).isEqualTo(written);
    }
}
