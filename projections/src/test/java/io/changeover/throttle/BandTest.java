package io.changeover.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.throttle.ThrottleStatus.Signal;
import io.changeover.throttle.ThrottleStatus.Veto;
import io.changeover.throttle.ThrottleStatus.Wish;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BandTest {

    private static final double MOST = 4;

    private final Band band = new Band(MOST);
    private long now;

    private static Heard lag(double events) {
        return Heard.of("live-lag", SignalReading.of(events, 1_000, "events", "the view is behind"));
    }

    private static Heard unread(String name) {
        return Heard.failed(name, "connection refused");
    }

    /** One look, long enough after the last one for a cut to show. */
    private boolean look(Heard... heard) {
        now += Duration.ofSeconds(2).toNanos();
        return band.decide(List.of(heard), MOST, 4, now);
    }

    @Test
    void work_begins_at_its_full_share_and_stays_there_while_all_is_low() {
        assertThat(look(lag(0))).isFalse();
        assertThat(look(lag(500))).isFalse();
        assertThat(band.share()).isEqualTo(MOST);
        assertThat(band.signals())
                .containsExactly(new Signal("live-lag", Wish.GROW, 500.0, 1_000.0, "events", "the view is behind"));
    }

    @Test
    void above_the_limit_it_is_halved_and_far_above_it_is_cut_by_more() {
        look(lag(1_001));
        assertThat(band.share()).isEqualTo(2);
        look(lag(2_000));
        assertThat(band.share()).isEqualTo(2 * 0.375);
        assertThat(band.vetoes()).isEmpty();
        assertThat(band.shrinks()).isEqualTo(2);
    }

    @Test
    void a_cut_is_given_time_to_show_before_the_next_one() {
        look(lag(1_500));
        assertThat(band.decide(
                        List.of(lag(1_500)),
                        MOST,
                        4,
                        now + Duration.ofMillis(250).toNanos()))
                .isFalse();
        assertThat(band.share()).isEqualTo(2);
    }

    @Test
    void between_half_of_the_limit_and_the_limit_nothing_changes() {
        look(lag(1_500));
        assertThat(look(lag(501))).isFalse();
        assertThat(look(lag(1_000))).isFalse();
        assertThat(band.share()).isEqualTo(2);
        assertThat(band.signals().get(0).state()).isEqualTo(Wish.KEEP);
    }

    @Test
    void below_half_of_the_limit_it_grows_again_and_fastest_where_there_is_nothing() {
        look(lag(1_500));
        look(lag(400));
        assertThat(band.share()).isEqualTo(2.5);
        look(lag(0));
        assertThat(band.share()).isEqualTo(MOST);
    }

    @Test
    void it_never_shrinks_to_nothing() {
        for (int time = 0; time < 20; time++) {
            look(lag(1_900));
        }
        assertThat(band.share()).isEqualTo(Band.LEAST);
    }

    @Test
    void a_share_that_no_worker_uses_is_not_what_is_halved() {
        now += 1;
        band.decide(List.of(lag(1_500)), MOST, 1, now);
        assertThat(band.share()).isEqualTo(0.5);
    }

    @Test
    void a_signal_at_twice_its_limit_stops_work_until_it_is_low_again() {
        assertThat(look(lag(2_001))).isTrue();
        assertThat(band.vetoes())
                .containsExactly(new Veto(
                        "live-lag",
                        "the view is behind, far above the limit of 1,000 events; work goes on when it is well below"));
        double share = band.share();
        assertThat(share).isLessThan(MOST);
        assertThat(look(lag(900))).isFalse();
        assertThat(band.vetoes()).hasSize(1);
        assertThat(look(lag(500))).isTrue();
        assertThat(band.vetoes()).isEmpty();
        assertThat(band.share()).as("work goes on as it was cut").isEqualTo(share);
        assertThat(band.stops()).isEqualTo(1);
        assertThat(band.shrinks()).isZero();
    }

    @Test
    void a_signal_that_cannot_be_read_stops_work_at_the_second_time_and_only_then() {
        assertThat(look(unread("live-lag"))).isFalse();
        assertThat(band.signals())
                .containsExactly(new Signal("live-lag", Wish.KEEP, null, null, "", "connection refused"));
        assertThat(look(lag(0))).isFalse();
        look(unread("live-lag"));
        assertThat(band.vetoes()).isEmpty();
        assertThat(look(unread("live-lag"))).isTrue();
        assertThat(band.vetoes())
                .containsExactly(
                        new Veto("live-lag", "cannot be read: connection refused; work goes on when it can be again"));
        assertThat(look(lag(0))).isTrue();
        assertThat(band.vetoes()).isEmpty();
    }

    @Test
    void one_signal_that_is_high_counts_more_than_all_that_are_low() {
        look(lag(0), Heard.of("standby", SignalReading.of(130, 100, "ms", "slow")), lag(10));
        assertThat(band.share()).isEqualTo(2);
    }

    @Test
    void an_undecided_signal_keeps_things_as_they_are_also_a_veto() {
        Heard undecided = Heard.of("live-lag", SignalReading.undecided(0, 1_000, "events", "not yet"));
        look(lag(1_500));
        assertThat(look(undecided)).isFalse();
        look(lag(2_500));
        assertThat(look(undecided)).isFalse();
        assertThat(band.vetoes()).hasSize(1);
    }

    @Test
    void a_limit_that_is_switched_off_lifts_its_veto() {
        look(lag(2_500));
        assertThat(look(Heard.of("live-lag", SignalReading.of(2_500, 0, "events", "the view is behind"))))
                .isTrue();
        assertThat(band.vetoes()).isEmpty();
        assertThat(band.signals().get(0).limit()).isNull();
    }

    @Test
    void a_lower_greatest_share_holds_at_once() {
        assertThat(band.decide(List.of(lag(700)), 1, 4, 1)).isTrue();
        assertThat(band.share()).isEqualTo(1);
    }
}
