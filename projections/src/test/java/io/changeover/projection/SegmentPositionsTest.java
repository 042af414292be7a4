package io.changeover.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.axonframework.eventhandling.Segment;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SegmentPositionsTest {

    @Test
    void a_version_that_was_never_built_stands_at_zero() {
        SegmentPositions none = new SegmentPositions(Map.of());

        assertThat(none.low()).isZero();
        assertThat(none.high()).isZero();
        assertThat(none.of("o1")).isZero();
    }

    @Test
    void one_segment_has_every_home() {
        SegmentPositions positions = new SegmentPositions(Map.of(Segment.ROOT_SEGMENT, 88L));

        assertThat(positions.low()).isEqualTo(88);
        assertThat(positions.high()).isEqualTo(88);
        assertThat(positions.of("o1")).isEqualTo(88);
    }

    @Test
    void each_home_stands_where_its_segment_does() {
        Segment[] halves = Segment.ROOT_SEGMENT.split();
        SegmentPositions positions = new SegmentPositions(Map.of(halves[0], 80L, halves[1], 90L));

        assertThat(positions.low()).isEqualTo(80);
        assertThat(positions.high()).isEqualTo(90);
        for (int i = 0; i < 100; i++) {
            String home = "o" + i;
            assertThat(positions.of(home)).isEqualTo(halves[0].matches(home) ? 80 : 90);
        }
    }

    @Test
    void options_below_one_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProjectionOptions(0, 1, 1))
                .withMessage("batchSize is 0 but must be 1 or greater");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProjectionOptions(1, 0, 1))
                .withMessage("segments is 0 but must be 1 or greater");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProjectionOptions(1, 1, -1))
                .withMessage("workers is -1 but must be 1 or greater");
    }
}
