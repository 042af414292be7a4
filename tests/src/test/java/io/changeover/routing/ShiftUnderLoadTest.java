package io.changeover.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.routing.SignalDomain.SignalBoard;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ShiftUnderLoadTest {

    private static final int THREADS = 3;
    private static final int READERS = 400;

    @Test
    void every_reader_moves_once_and_returns_once_whatever_the_steps_and_no_read_fails() {
        try (TestDatabase database = TestDatabase.withStore();
                TestNode node = TestNode.start(database, SignalNode.settings("one"), SignalDomain.Known.class);
                StickyReaders readers = new StickyReaders(node.get(SignalBoard.class), THREADS, READERS)) {
            SignalNode.prepare(node);
            readers.awaitRound();
            assertThat(readers.moved()).allSatisfy(moved -> assertThat(moved).isEmpty());

            Set<String> before = Set.of();
            for (int percent : new int[] {5, 25, 50, 100}) {
                Set<String> after = shift(node, readers, percent);
                assertThat(after).as("at %d %%", percent).containsAll(before).hasSizeGreaterThan(before.size());
                before = after;
            }
            for (int percent : new int[] {50, 0}) {
                Set<String> after = shift(node, readers, percent);
                assertThat(before)
                        .as("before %d %%", percent)
                        .containsAll(after)
                        .hasSizeGreaterThan(after.size());
                before = after;
            }

            readers.stop();
            assertThat(readers.failures()).isEmpty();
            assertThat(readers.histories()).hasSize(THREADS * READERS).allSatisfy(history -> assertThat(history)
                    .containsExactly(1, 2, 1));
        }
    }

    /** Who is answered by the new version once the shift has been answered. */
    private static Set<String> shift(TestNode node, StickyReaders readers, int percent) {
        node.operations().shift(SignalDomain.VIEW, percent, SignalNode.REQUEST);
        readers.awaitRound();
        List<Set<String>> moved = readers.moved();
        Set<String> expected = readers.servedAt(percent);
        assertThat(moved).as("at %d %%", percent).allSatisfy(ofOneThread -> assertThat(ofOneThread)
                .isEqualTo(expected));
        return expected;
    }
}
